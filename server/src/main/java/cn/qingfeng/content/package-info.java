/**
 * Columns, articles with three reviews, the monthly issue, reading. Other features write
 * articles through {@link cn.qingfeng.content.Articles} and learn from
 * {@link cn.qingfeng.content.ArticlePublished} that the signed bytes are out.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "platform", "staff", "member", "push", "quiz" })
package cn.qingfeng.content;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
