package cn.qingfeng.platform.security;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who may call an operation, as the contract says it.
 */
sealed interface Access {

	/**
	 * Reads the extension fields of an operation.
	 * @param operation from the document
	 * @return the access, null when the operation says nothing
	 */
	static @Nullable Access of(JsonNode operation) {
		JsonNode roles = operation.path("x-roles");
		if (roles.isArray()) {
			return roles.isEmpty() ? new Anyone()
					: new StaffWithRole(Set.copyOf(roles.valueStream().map(JsonNode::asString).toList()));
		}
		return switch (operation.path("x-access").asString("")) {
			case "public" -> new Anyone();
			case "account" -> new Account();
			case "member" -> new BoundMember();
			default -> null;
		};
	}

	/** Everybody, logged in or not. */
	record Anyone() implements Access {

	}

	/** A logged-in WeChat account, bound or not. */
	record Account() implements Access {

	}

	/** An account that is bound to the roster. */
	record BoundMember() implements Access {

	}

	/**
	 * Staff with one of the roles.
	 *
	 * @param roles {@code *} for any staff
	 */
	record StaffWithRole(Set<String> roles) implements Access {

		private static final String ANY = "*";

		boolean admits(CurrentStaff staff) {
			return this.roles.contains(ANY) || this.roles.stream().anyMatch(staff::hasRole);
		}

	}

}
