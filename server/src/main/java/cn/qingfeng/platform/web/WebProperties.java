package cn.qingfeng.platform.web;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of a request.
 *
 * @param deadline after it an API request is answered with 503
 * @param maxBody of a request body
 * @param maxUpload of a multipart body
 * @param headerTimeout within it a client must have sent the head of a request that it
 * began, however it drips
 * @param requestTimeout within it a client must have sent its whole request, uploads too
 * @param answerTimeout for so long a client may take not a byte of its answer
 */
@ConfigurationProperties("qingfeng.web")
record WebProperties(@DefaultValue("5s") Duration deadline, @DefaultValue("1MB") DataSize maxBody,
		@DefaultValue("20MB") DataSize maxUpload, @DefaultValue("10s") Duration headerTimeout,
		@DefaultValue("60s") Duration requestTimeout, @DefaultValue("30s") Duration answerTimeout) {

}
