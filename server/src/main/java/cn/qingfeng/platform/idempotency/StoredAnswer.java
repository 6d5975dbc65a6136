package cn.qingfeng.platform.idempotency;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/** The answer a key got. */
record StoredAnswer(byte[] requestDigest, @Nullable Integer status, @Nullable String location, @Nullable String etag,
		@Nullable String body) {

	HttpHeaders headers() {
		HttpHeaders headers = new HttpHeaders();
		if (this.location != null) {
			headers.set(HttpHeaders.LOCATION, this.location);
		}
		if (this.etag != null) {
			headers.set(HttpHeaders.ETAG, this.etag);
		}
		return headers;
	}

}
