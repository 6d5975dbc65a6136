package cn.qingfeng.push.publication;

import java.util.UUID;

import cn.qingfeng.platform.problem.Problem;

import org.springframework.http.HttpStatus;

/**
 * The article is on its way to WeChat or published there.
 */
final class PublicationExistsProblem extends Problem {

	private static final long serialVersionUID = 1;

	PublicationExistsProblem(UUID subject) {
		super(HttpStatus.CONFLICT, "publication-exists");
		with("articleId", subject);
	}

}
