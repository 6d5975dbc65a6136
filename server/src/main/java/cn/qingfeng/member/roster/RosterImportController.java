package cn.qingfeng.member.roster;

import java.util.UUID;
import java.util.stream.IntStream;

import cn.qingfeng.contract.admin.MemberImportsApi;
import cn.qingfeng.contract.admin.model.ImportColumn;
import cn.qingfeng.contract.admin.model.ImportError;
import cn.qingfeng.contract.admin.model.ImportErrorPage;
import cn.qingfeng.contract.admin.model.MemberImport;
import cn.qingfeng.platform.page.Cursor;
import cn.qingfeng.platform.page.Page;
import cn.qingfeng.platform.time.BusinessTime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
class RosterImportController implements MemberImportsApi {

	private final RosterImporting importing;

	RosterImportController(RosterImporting importing) {
		this.importing = importing;
	}

	@Override
	public Mono<ResponseEntity<MemberImport>> previewMemberImport(Part file, ServerWebExchange exchange) {
		return this.importing.preview(file)
			.map((preview) -> ResponseEntity.status(HttpStatus.CREATED).body(view(preview)));
	}

	@Override
	public Mono<ResponseEntity<MemberImport>> getMemberImport(UUID id, ServerWebExchange exchange) {
		return this.importing.find(id).map((found) -> ResponseEntity.ok(view(found)));
	}

	@Override
	public Mono<ResponseEntity<ImportErrorPage>> listMemberImportErrors(UUID id, Integer limit, @Nullable String cursor,
			ServerWebExchange exchange) {
		return this.importing.errors(id, Page.limit(limit), Cursor.decode(cursor, Integer.class, Integer.class))
			.map((page) -> page.map((error) -> new ImportError(error.row(), error.header(), error.message())))
			.map((page) -> ResponseEntity.ok(new ImportErrorPage(page.items(), page.nextCursor())));
	}

	@Override
	public Mono<ResponseEntity<MemberImport>> commitMemberImport(UUID id, ServerWebExchange exchange) {
		return this.importing.commit(id).map((committed) -> ResponseEntity.ok(view(committed)));
	}

	private static MemberImport view(RosterImport found) {
		return new MemberImport().id(found.id())
			.fileName(found.fileName())
			.state(MemberImport.StateEnum.fromValue(found.state()))
			.createdAt(BusinessTime.at(found.createdAt()))
			.columns(IntStream.range(0, found.headers().size())
				.mapToObj((i) -> new ImportColumn(found.headers().get(i),
						ImportColumn.FieldEnum.fromValue(found.fields().get(i))))
				.toList())
			.rowsRead(found.rowsRead())
			.rowsToWrite(found.rowsToWrite())
			.rowsWritten(found.rowsWritten())
			.added(found.added())
			.changed(found.changed())
			.unchanged(found.unchanged())
			.faulty(found.faulty());
	}

}
