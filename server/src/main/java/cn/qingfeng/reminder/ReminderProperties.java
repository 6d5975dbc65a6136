package cn.qingfeng.reminder;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reminders are written.
 *
 * @param signer who signs the letters
 */
@ConfigurationProperties("qingfeng.reminder")
public record ReminderProperties(@DefaultValue("市直机关纪检监察工委") String signer) {

}
