package cn.qingfeng.quiz.exchange;

import java.net.URI;
import java.util.Locale;
import java.util.UUID;

import cn.qingfeng.contract.admin.QuestionImportsApi;
import cn.qingfeng.contract.admin.model.QuestionExportFormat;
import cn.qingfeng.contract.admin.model.QuestionImportCommit;
import cn.qingfeng.platform.idempotency.Idempotency;
import cn.qingfeng.platform.problem.Violations;
import cn.qingfeng.platform.security.CurrentStaff;
import cn.qingfeng.quiz.exchange.QuestionExporting.Exported;
import reactor.core.publisher.Mono;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Questions in and out of files.
 */
@RestController
class QuestionImportController implements QuestionImportsApi {

	private final QuestionImporting importing;

	private final QuestionExporting exporting;

	private final QuestionImportMapper mapper;

	private final Idempotency idempotency;

	QuestionImportController(QuestionImporting importing, QuestionExporting exporting, QuestionImportMapper mapper,
			Idempotency idempotency) {
		this.importing = importing;
		this.exporting = exporting;
		this.mapper = mapper;
		this.idempotency = idempotency;
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.QuestionImport>> previewQuestionImport(UUID id,
			Part file, ServerWebExchange exchange) {
		if (!(file instanceof FilePart upload)) {
			return Mono.error(() -> Violations.of("file", "请选择一个文件"));
		}
		return DataBufferUtils.join(upload.content())
			.map(QuestionImportController::bytes)
			.defaultIfEmpty(new byte[0])
			.flatMap((bytes) -> CurrentStaff.mono()
				.flatMap((staff) -> this.importing.preview(id, upload.filename(), bytes, staff.staffId())))
			.map((preview) -> ResponseEntity
				.created(URI.create("/api/admin/v1/question-banks/" + id + "/imports/" + preview.id()))
				.body(this.mapper.questionImport(preview)));
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.QuestionImport>> getQuestionImport(UUID id,
			UUID importId, ServerWebExchange exchange) {
		return this.importing.find(id, importId).map(this.mapper::questionImport).map(ResponseEntity::ok);
	}

	@Override
	public Mono<ResponseEntity<cn.qingfeng.contract.admin.model.QuestionImport>> commitQuestionImport(UUID id,
			UUID importId, Mono<QuestionImportCommit> questionImportCommit, ServerWebExchange exchange) {
		return questionImportCommit.flatMap((commit) -> this.idempotency.once(exchange, commit,
				cn.qingfeng.contract.admin.model.QuestionImport.class,
				this.importing.commit(id, importId, commit.getMode() == QuestionImportCommit.ModeEnum.GOOD_ROWS)
					.map(this.mapper::questionImport)
					.map(ResponseEntity::ok)));
	}

	@Override
	public Mono<ResponseEntity<Resource>> exportQuestions(UUID id, QuestionExportFormat format,
			ServerWebExchange exchange) {
		return this.exporting.export(id, QuestionFileFormat.valueOf(format.getValue().toUpperCase(Locale.ROOT)))
			.map(QuestionImportController::download);
	}

	private static ResponseEntity<Resource> download(Exported file) {
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename(file.name()).build().toString())
			.body(new ByteArrayResource(file.bytes()));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
