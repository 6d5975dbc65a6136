package cn.qingfeng.platform.security;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

import static org.assertj.core.api.Assertions.assertThat;

class ContractAccessTests {

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

	private final ContractAccess contract = new ContractAccess();

	@ParameterizedTest
	@ValueSource(strings = { "openapi/member.yaml", "openapi/admin.yaml" })
	void everyOperationSaysWhoMayCallIt(String document) throws IOException {
		List<String> silent = new ArrayList<>();
		for (Map.Entry<String, JsonNode> path : read(document).path("paths").properties()) {
			for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
				if (METHODS.contains(operation.getKey()) && !isKnown(operation.getKey(), path.getKey())) {
					silent.add(operation.getKey() + " " + path.getKey());
				}
			}
		}
		assertThat(silent).isEmpty();
	}

	@Test
	void whatTheContractDoesNotNameDoesNotExist() {
		assertThat(this.contract.find(HttpMethod.GET, PathContainer.parsePath("/api/v1/nothing"))).isEmpty();
		assertThat(this.contract.find(HttpMethod.GET, PathContainer.parsePath("/api/v1/sessions/"))).isEmpty();
	}

	@Test
	void anotherMethodIsNotAnotherPath() {
		assertThat(this.contract.find(HttpMethod.GET, PathContainer.parsePath("/api/v1/sessions")))
			.contains(new ContractAccess.OtherMethods(Set.of(HttpMethod.POST)));
	}

	@Test
	void readingTheHeadIsReading() {
		assertThat(this.contract.find(HttpMethod.HEAD, PathContainer.parsePath("/api/v1/me")))
			.isEqualTo(this.contract.find(HttpMethod.GET, PathContainer.parsePath("/api/v1/me")));
	}

	@Test
	void anEmptyListOfRolesIsEverybodyAndNoListIsNobody() {
		YAMLMapper yaml = new YAMLMapper();
		assertThat(Access.of(yaml.readTree("x-roles: []"))).isEqualTo(new Access.Anyone());
		assertThat(Access.of(yaml.readTree("x-roles: ['*']"))).isEqualTo(new Access.StaffWithRole(Set.of("*")));
		assertThat(Access.of(yaml.readTree("x-roles: [AUTHOR]"))).isEqualTo(new Access.StaffWithRole(Set.of("AUTHOR")));
		assertThat(Access.of(yaml.readTree("x-access: member"))).isEqualTo(new Access.BoundMember());
		assertThat(Access.of(yaml.readTree("summary: none"))).isNull();
		assertThat(Access.of(yaml.readTree("x-access: everybody"))).isNull();
	}

	private boolean isKnown(String method, String template) {
		String path = template.replaceAll("\\{[^}]+}", "x");
		return this.contract.find(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), PathContainer.parsePath(path))
			.filter(ContractAccess.Allowed.class::isInstance)
			.isPresent();
	}

	private static JsonNode read(String document) throws IOException {
		try (InputStream yaml = new ClassPathResource(document).getInputStream()) {
			return new YAMLMapper().readTree(yaml);
		}
	}

}
