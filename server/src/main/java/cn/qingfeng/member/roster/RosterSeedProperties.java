package cn.qingfeng.member.roster;

import cn.qingfeng.seeds.roster.RosterGenerator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The fictional roster of demonstrations and tests.
 *
 * @param rosterSize how many invented members to load; none in production
 */
@ConfigurationProperties("qingfeng.seeds")
@Validated
record RosterSeedProperties(@DefaultValue("0") @Min(0) @Max(RosterGenerator.LIMIT) int rosterSize) {

}
