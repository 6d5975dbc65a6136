package cn.qingfeng.content.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import cn.qingfeng.QingfengIT;
import cn.qingfeng.TestSessions;
import cn.qingfeng.content.ContentFixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@QingfengIT
class ReadingIT {

	@Autowired
	private WebTestClient client;

	@Autowired
	private TestSessions sessions;

	@Autowired
	private DatabaseClient database;

	private ContentFixtures content;

	private Consumer<HttpHeaders> member;

	private final Consumer<HttpHeaders> nobody = (headers) -> {
	};

	@BeforeEach
	void setUp() {
		this.content = new ContentFixtures(this.client, this.sessions);
		this.member = this.sessions.member(UUID.randomUUID(), UUID.randomUUID());
	}

	@Test
	void pagesStayStableWhileArticlesAreAdded() {
		String column = column();
		List<String> old = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			old.add(published(column, "旧" + i));
		}
		Map<String, Object> first = list("?limit=3&column=" + column);
		List<String> seen = ids(first);
		published(column, "新");
		@Nullable Object cursor = first.get("nextCursor");
		while (cursor != null) {
			Map<String, Object> next = list("?limit=3&column=" + column + "&cursor=" + cursor);
			seen.addAll(ids(next));
			cursor = next.get("nextCursor");
		}
		assertThat(seen).isEqualTo(old.reversed());
	}

	@Test
	void chineseIsFoundAndHighlighted() {
		String word = "𠮷" + Long.toString(System.nanoTime(), 36);
		String id = this.content.published("两袖清风", "<p>前文。廉洁奉公" + word + "立党为公。</p>");
		this.content.published("无关", "<p>别的。</p>");
		Map<String, Object> found = list("?q=" + word);
		assertThat(ids(found)).containsExactly(id);
		assertThat(String.valueOf(items(found).getFirst().get("highlight"))).contains("<em>" + word + "</em>");
		assertThat(ids(list("?q=奉公" + word))).containsExactly(id);
		assertThat(ids(list("?q=" + word + "没有"))).isEmpty();
	}

	@Test
	void unpublishedArticlesAreNotFound() {
		String word = "草稿" + Long.toString(System.nanoTime(), 36);
		this.content.article("草稿", "<p>" + word + "</p>");
		assertThat(ids(list("?q=" + word))).isEmpty();
	}

	@Test
	void wordsOfPunctuationFindNothing() {
		assertThat(ids(list("?q=！？"))).isEmpty();
	}

	@Test
	void favouritesAreKeptOnceAndDropped() {
		String one = this.content.published("一", "<p>一</p>");
		String two = this.content.published("二", "<p>二</p>");
		for (String id : List.of(one, one, two)) {
			this.client.put()
				.uri("/api/v1/articles/{id}/favourite", id)
				.headers(this.member)
				.exchange()
				.expectStatus()
				.isNoContent();
		}
		assertThat(ids(favourites())).containsExactly(two, one);
		this.client.delete()
			.uri("/api/v1/articles/{id}/favourite", two)
			.headers(this.member)
			.exchange()
			.expectStatus()
			.isNoContent();
		assertThat(ids(favourites())).containsExactly(one);
		assertThat(ContentFixtures.problem(this.client.put()
			.uri("/api/v1/articles/{id}/favourite", UUID.randomUUID())
			.headers(this.member)
			.exchange(), 404)).isEqualTo("not-found");
	}

	@Test
	void favouritesPageByKey() {
		List<String> kept = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			String id = this.content.published("收藏" + i, "<p>x</p>");
			kept.add(id);
			this.client.put()
				.uri("/api/v1/articles/{id}/favourite", id)
				.headers(this.member)
				.exchange()
				.expectStatus()
				.isNoContent();
		}
		Map<String, Object> first = ContentFixtures.ok(get("/api/v1/me/favourites?limit=2", this.member), 200);
		List<String> seen = ids(first);
		seen.addAll(ids(ContentFixtures
			.ok(get("/api/v1/me/favourites?limit=2&cursor=" + first.get("nextCursor"), this.member), 200)));
		assertThat(seen).isEqualTo(kept.reversed());
	}

	@Test
	void thePositionIsRemembered() {
		String id = this.content.published("长文", "<p>一</p><p>二</p>");
		String path = "/api/v1/articles/" + id + "/position";
		assertThat(ContentFixtures.ok(get(path, this.member), 200)).containsEntry("paragraph", 0);
		for (int paragraph : List.of(7, 3)) {
			this.client.put()
				.uri(path)
				.headers(this.member)
				.bodyValue(Map.of("paragraph", paragraph))
				.exchange()
				.expectStatus()
				.isNoContent();
			assertThat(ContentFixtures.ok(get(path, this.member), 200)).containsEntry("paragraph", paragraph);
		}
		assertThat(ContentFixtures.ok(get(path, this.sessions.member(UUID.randomUUID(), UUID.randomUUID())), 200))
			.containsEntry("paragraph", 0);
	}

	@Test
	void aForeignCursorIsRefused() {
		assertThat(ContentFixtures.problem(get("/api/v1/articles?cursor=abc", this.nobody), 422))
			.isEqualTo("invalid-request");
	}

	@Test
	void theColumnsOfTheSeedsAreThereWithTheirLinks() {
		List<Map<String, Object>> columns = items(ContentFixtures.ok(get("/api/v1/columns", this.nobody), 200));
		assertThat(columns).extracting((column) -> column.get("key"))
			.contains("integrity-stories", "learning-platforms");
		assertThat(columns).anySatisfy((column) -> assertThat((List<?>) column.get("links")).isNotEmpty());
	}

	private String column() {
		String key = "column-" + UUID.randomUUID();
		this.database.sql("INSERT INTO content_column (key, name, position) VALUES (:key, '测试', 99)")
			.bind("key", key)
			.then()
			.block(Duration.ofSeconds(30));
		return key;
	}

	private String published(String column, String title) {
		Map<String, Object> draft = ContentFixtures.draft(title, "<p>正文</p>");
		draft.put("column", column);
		String id = String
			.valueOf(ContentFixtures.ok(this.content.post("/articles", this.content.author, draft), 201).get("id"));
		this.content.approve("/articles/" + id);
		ContentFixtures.ok(this.content.post("/articles/" + id + "/publication", this.content.publisher, null), 200);
		return id;
	}

	private Map<String, Object> list(String query) {
		return ContentFixtures.ok(get("/api/v1/articles" + query, this.nobody), 200);
	}

	private Map<String, Object> favourites() {
		return ContentFixtures.ok(get("/api/v1/me/favourites", this.member), 200);
	}

	private WebTestClient.ResponseSpec get(String path, Consumer<HttpHeaders> who) {
		return this.client.get().uri(path).headers(who).exchange();
	}

	private static List<String> ids(Map<String, Object> page) {
		return new ArrayList<>(items(page).stream().map((item) -> String.valueOf(item.get("id"))).toList());
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> items(Map<String, Object> page) {
		return (List<Map<String, Object>>) page.get("items");
	}

}
