package cn.qingfeng;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the house rules 2, 4, 9, 11 and 22.
 */
@TestInstance(Lifecycle.PER_CLASS)
class HouseRulesTests {

	private final JavaClasses main = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("/cn/qingfeng/contract/"))
		.withImportOption((location) -> !location.contains("/cn/qingfeng/local/"))
		.withImportOption((location) -> !location.contains("MapperImpl"))
		.importPackages("cn.qingfeng");

	private final JavaClasses tests = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
		.importPackages("cn.qingfeng");

	@ParameterizedTest
	@MethodSource("ofMain")
	void theProductKeepsTheHouseRules(ArchRule rule) {
		rule.check(this.main);
	}

	@ParameterizedTest
	@MethodSource("ofTests")
	void theTestsKeepTheHouseRules(ArchRule rule) {
		rule.check(this.tests);
	}

	static Stream<ArchRule> ofMain() {
		return Stream.of(HouseRules.insidesArePackagePrivate, HouseRules.mappersStayWithTheirFeature,
				HouseRules.packagesAreNamedAfterTheDomain, HouseRules.namesAreWordsOfTheProduct,
				HouseRules.controllersAskUseCases, HouseRules.nobodyBlocks, HouseRules.nobodySubscribesByHand,
				HouseRules.nobodyDrivesReactor, HouseRules.loadsBeginOutsideOfCaches,
				HouseRules.transactionsGoThroughTheShield, HouseRules.nobodyContinuesPastErrors,
				HouseRules.fanOutIsBounded, HouseRules.nobodyReadsTheSystemClock,
				HouseRules.onlyTheClockBeanIsMadeFromTheSystem, HouseRules.nothingIsKeptByThread);
	}

	static Stream<ArchRule> ofTests() {
		return Stream.of(HouseRules.testsAreNamedByTheirKind, HouseRules.testNamesAreStatements,
				HouseRules.ourOwnTypesAreNotMocked, HouseRules.nobodyMocksByHand, HouseRules.verifyingHasALimit,
				HouseRules.testsDoNotSleep);
	}

}
