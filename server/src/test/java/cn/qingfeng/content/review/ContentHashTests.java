package cn.qingfeng.content.review;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentHashTests {

	@Test
	void theSameContentHasTheSameHash() {
		assertThat(new ContentHash().add("清").add(List.of("风")).hex()).hasSize(64)
			.matches("[0-9a-f]+")
			.isEqualTo(new ContentHash().add("清").add(List.of("风")).hex());
	}

	@Test
	void aPartThatMovesIntoItsNeighbourShows() {
		assertThat(new ContentHash().add("清风").add("正气").hex())
			.isNotEqualTo(new ContentHash().add("清风正").add("气").hex())
			.isNotEqualTo(new ContentHash().add("清风正气").add("").hex());
	}

	@Test
	void nothingIsNotAnEmptyText() {
		assertThat(new ContentHash().add((String) null).hex()).isNotEqualTo(new ContentHash().add("").hex());
	}

	@Test
	void aListIsNotItsParts() {
		assertThat(new ContentHash().add(List.of("a", "b")).add(List.of()).hex())
			.isNotEqualTo(new ContentHash().add(List.of("a")).add(List.of("b")).hex());
	}

	@Test
	void theOrderCounts() {
		assertThat(new ContentHash().add(List.of("a", "b")).hex())
			.isNotEqualTo(new ContentHash().add(List.of("b", "a")).hex());
	}

}
