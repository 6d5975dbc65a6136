package cn.qingfeng.wechat;

/**
 * A template that the public account may use.
 *
 * @param templateId the id to send with
 * @param title the headline
 * @param content the layout with its keys, such as <code>{{thing1.DATA}}</code>
 */
public record WechatTemplate(String templateId, String title, String content) {

}
