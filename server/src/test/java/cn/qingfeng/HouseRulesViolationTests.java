package cn.qingfeng;

import java.util.stream.Stream;

import cn.rules.violations.AbstractThing;
import cn.rules.violations.CancellingTogether;
import cn.rules.violations.MockingCheck;
import cn.rules.violations.PublicController;
import cn.rules.violations.PublicMapper;
import cn.rules.violations.PublicRepository;
import cn.rules.violations.ReadingTheClock;
import cn.rules.violations.SleepyTests;
import cn.rules.violations.ThingManager;
import cn.rules.violations.WaitingForever;
import cn.rules.violations.util.Strings;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule that never failed proves nothing: each is shown a class that breaks it.
 */
class HouseRulesViolationTests {

	@ParameterizedTest
	@MethodSource("violations")
	void aRuleSeesItsViolation(ArchRule rule, Class<?> violation) {
		assertThat(rule.evaluate(new ClassFileImporter().importClasses(violation)).hasViolation()).isTrue();
	}

	static Stream<Arguments> violations() {
		return Stream.of(Arguments.of(HouseRules.insidesArePackagePrivate, PublicController.class),
				Arguments.of(HouseRules.insidesArePackagePrivate, PublicRepository.class),
				Arguments.of(HouseRules.mappersStayWithTheirFeature, PublicMapper.class),
				Arguments.of(HouseRules.insidesArePackagePrivate, PublicController.PublicConfiguration.class),
				Arguments.of(HouseRules.packagesAreNamedAfterTheDomain, Strings.class),
				Arguments.of(HouseRules.namesAreWordsOfTheProduct, ThingManager.class),
				Arguments.of(HouseRules.namesAreWordsOfTheProduct, ThingManager.ThingServiceImpl.class),
				Arguments.of(HouseRules.namesAreWordsOfTheProduct, AbstractThing.class),
				Arguments.of(HouseRules.controllersAskUseCases, PublicController.class),
				Arguments.of(HouseRules.nobodyBlocks, WaitingForever.class),
				Arguments.of(HouseRules.nobodyBlocks, WaitingForever.Sleeping.class),
				Arguments.of(HouseRules.nobodySubscribesByHand, CancellingTogether.class),
				Arguments.of(HouseRules.nobodyDrivesReactor, CancellingTogether.Scheduling.class),
				Arguments.of(HouseRules.nobodyDrivesReactor, CancellingTogether.Hooking.class),
				Arguments.of(HouseRules.loadsBeginOutsideOfCaches, CancellingTogether.LoadingInACache.class),
				Arguments.of(HouseRules.transactionsGoThroughTheShield, CancellingTogether.Unshielded.class),
				Arguments.of(HouseRules.transactionsGoThroughTheShield, CancellingTogether.Annotated.class),
				Arguments.of(HouseRules.nobodyContinuesPastErrors, CancellingTogether.Continuing.class),
				Arguments.of(HouseRules.fanOutIsBounded, CancellingTogether.FanningOut.class),
				Arguments.of(HouseRules.nobodyReadsTheSystemClock, ReadingTheClock.class),
				Arguments.of(HouseRules.nobodyReadsTheSystemClock, ReadingTheClock.Zoned.class),
				Arguments.of(HouseRules.nobodyReadsTheSystemClock, ReadingTheClock.Millis.class),
				Arguments.of(HouseRules.nobodyReadsTheSystemClock, ReadingTheClock.OldDate.class),
				Arguments.of(HouseRules.onlyTheClockBeanIsMadeFromTheSystem, ReadingTheClock.OwnClock.class),
				Arguments.of(HouseRules.nothingIsKeptByThread, ReadingTheClock.ByThread.class),
				Arguments.of(HouseRules.testsAreNamedByTheirKind, MockingCheck.class),
				Arguments.of(HouseRules.testNamesAreStatements, MockingCheck.class),
				Arguments.of(HouseRules.testNamesAreStatements, SleepyTests.class),
				Arguments.of(HouseRules.ourOwnTypesAreNotMocked, MockingCheck.class),
				Arguments.of(HouseRules.nobodyMocksByHand, MockingCheck.class),
				Arguments.of(HouseRules.verifyingHasALimit, SleepyTests.class),
				Arguments.of(HouseRules.verifyingHasALimit, SleepyTests.Unbounded.class),
				Arguments.of(HouseRules.testsDoNotSleep, SleepyTests.class));
	}

}
