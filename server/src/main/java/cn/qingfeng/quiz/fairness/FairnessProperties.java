package cn.qingfeng.quiz.fairness;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * From where on something is worth a look.
 *
 * @param pace less time than this for each answered question is faster than reading it
 * @param fewestAnswers shorter papers tell nothing about pace or likeness
 * @param moment answers of two papers within this of each other were given at once
 * @param alikeAnswers so many equal answers at the same moments make two papers alike
 * @param alikePercent of the answers of the shorter paper that must be alike as well
 * @param membersOfADevice so many members from one network and make of phone
 * @param originsKept after the end of a round; then the marks of devices are erased
 */
@ConfigurationProperties("qingfeng.quiz.fairness")
@Validated
record FairnessProperties(@DefaultValue("2s") Duration pace, @DefaultValue("5") @Min(1) int fewestAnswers,
		@DefaultValue("3s") Duration moment, @DefaultValue("8") @Min(2) int alikeAnswers,
		@DefaultValue("60") @Min(1) @Max(100) int alikePercent, @DefaultValue("5") @Min(2) int membersOfADevice,
		@DefaultValue("30d") Duration originsKept) {

}
