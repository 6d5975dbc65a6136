package cn.qingfeng.push;

import java.time.Duration;
import java.time.LocalTime;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How campaigns go out.
 *
 * @param sender the name of the committee in messages, at most 20 characters
 * @param quietFrom from this hour notices wait (Asia/Shanghai)
 * @param quietTo until this hour
 * @param latestStart later than this after its hour a campaign is held for a person
 * @param concurrency template messages under way at once on this node
 * @param batch deliveries leased at once; they must be sent within the lease
 * @param notice the account's template for notices; without it they cannot be sent
 * through WeChat
 * @param subscription the mini-program's template that members may allow; without it only
 * followers get notices on their phones
 */
@ConfigurationProperties("qingfeng.push")
@Validated
public record PushProperties(@DefaultValue("市直机关工委") String sender, @DefaultValue("21:00") LocalTime quietFrom,
		@DefaultValue("08:00") LocalTime quietTo, @DefaultValue("2h") Duration latestStart,
		@DefaultValue("16") @Min(1) @Max(64) int concurrency, @DefaultValue("48") @Min(1) @Max(500) int batch,
		@Nullable @Valid NoticeTemplate notice, @Nullable @Valid SubscriptionTemplate subscription) {

	/**
	 * A template that the account chose from WeChat's library, and which of its fields
	 * says what.
	 *
	 * @param id as the console shows it
	 * @param topic the field for what it is about
	 * @param time the field for when it was sent
	 * @param sender the field for who sent it
	 */
	public record NoticeTemplate(@NotBlank String id, @DefaultValue("thing1") String topic,
			@DefaultValue("time2") String time, @DefaultValue("thing3") String sender) {

	}

	/**
	 * A subscription template of the mini-program, and which of its fields says what.
	 *
	 * @param id as the console shows it
	 * @param title as WeChat's popup shows it
	 * @param longTerm whether one consent is good for any number of messages
	 * @param topic the field for what it is about
	 * @param time the field for when it was sent
	 * @param sender the field for who sent it, null for a template without one
	 */
	public record SubscriptionTemplate(@NotBlank String id, @NotBlank String title,
			@DefaultValue("false") boolean longTerm, @DefaultValue("thing1") String topic,
			@DefaultValue("time2") String time, @Nullable String sender) {

	}

}
