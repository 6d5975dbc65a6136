package cn.qingfeng.quiz.attempt;

import cn.qingfeng.contract.member.model.Attempt;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * An attempt in an answer whose questions are ready JSON: a paper is asked for again and
 * again, and its text is most of the answer.
 */
@JsonSerialize(using = AttemptBody.Writer.class)
final class AttemptBody extends Attempt {

	private final SerializableString ready;

	AttemptBody(SerializableString ready) {
		this.ready = ready;
	}

	static final class Writer extends ValueSerializer<AttemptBody> {

		@Override
		public void serialize(AttemptBody body, JsonGenerator json, SerializationContext context) {
			json.writeStartObject();
			context.defaultSerializeProperty("id", body.getId(), json);
			context.defaultSerializeProperty("quizId", body.getQuizId(), json);
			context.defaultSerializeProperty("state", body.getState(), json);
			context.defaultSerializeProperty("startedAt", body.getStartedAt(), json);
			context.defaultSerializeProperty("deadline", body.getDeadline(), json);
			context.defaultSerializeProperty("serverTime", body.getServerTime(), json);
			json.writeName("questions");
			json.writeRawValue(body.ready);
			context.defaultSerializeProperty("answers", body.getAnswers(), json);
			context.defaultSerializeProperty("result", body.getResult(), json);
			json.writeEndObject();
		}

	}

}
