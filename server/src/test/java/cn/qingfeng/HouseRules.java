package cn.qingfeng;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapstruct.Mapper;
import org.mockito.Mock;
import org.mockito.Mockito;
import org.mockito.Spy;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.context.annotation.Configuration;
import org.springframework.data.repository.Repository;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Controller;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.TransactionalOperator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

/**
 * The house rules that a machine can hold. Each is seen to fail in
 * {@link HouseRulesViolationTests}.
 */
final class HouseRules {

	private static final String OURS = "cn.qingfeng..";

	private static final String REACTOR = "..platform.reactor..";

	static final ArchRule insidesArePackagePrivate = noClasses().that()
		.areMetaAnnotatedWith(Controller.class)
		.or()
		.areAnnotatedWith(Configuration.class)
		.or()
		.areAssignableTo(Repository.class)
		.should()
		.bePublic()
		.as("controllers, configurations and repositories are package-private")
		.allowEmptyShould(true);

	static final ArchRule mappersStayWithTheirFeature = noClasses().that()
		.areAnnotatedWith(Mapper.class)
		.and(describe("nobody else uses", HouseRules::isUsedByItsPackageOnly))
		.should()
		.bePublic()
		.as("a mapper is public only for a sub-feature beside it")
		.allowEmptyShould(true);

	static final ArchRule packagesAreNamedAfterTheDomain = noClasses().should()
		.resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..dto..", "..service..", "..helper..");

	static final ArchRule namesAreWordsOfTheProduct = noClasses().should()
		.haveSimpleNameEndingWith("Impl")
		.orShould()
		.haveNameMatching(".*\\.(Abstract|Base)\\w+|.*(Manager|Helper|Util|Utils|DTO|Dto)")
		.as("no Manager, Helper, Util, Base, Abstract, DTO or Impl");

	static final ArchRule controllersAskUseCases = noClasses().that()
		.areMetaAnnotatedWith(Controller.class)
		.should()
		.dependOnClassesThat(assignableTo(Repository.class).or(assignableTo(DatabaseClient.class)))
		.as("controllers ask use cases, not the database")
		.allowEmptyShould(true);

	static final ArchRule nobodyBlocks = noClasses().should()
		.callMethodWhere(target(nameMatching("block(First|Last|Optional)?|toIterable|toStream"))
			.and(target(owner(assignableTo(Mono.class).or(assignableTo(Flux.class))))))
		.orShould()
		.callMethodWhere(target(nameMatching("sleep")).and(target(owner(assignableTo(Thread.class)))));

	static final ArchRule nobodySubscribesByHand = noClasses().that()
		.resideOutsideOfPackage(REACTOR)
		.should()
		.callMethodWhere(target(nameMatching("subscribe|connect")).and(target(owner(assignableTo(Publisher.class)))));

	static final ArchRule nobodyDrivesReactor = noClasses().that()
		.resideOutsideOfPackage(REACTOR)
		.should()
		.dependOnClassesThat(assignableTo(Schedulers.class).or(assignableTo(Hooks.class)));

	static final ArchRule loadsBeginOutsideOfCaches = noClasses().that()
		.resideOutsideOfPackage(REACTOR)
		.should()
		.dependOnClassesThat(assignableTo(AsyncCache.class));

	static final ArchRule transactionsGoThroughTheShield = noClasses().that()
		.resideOutsideOfPackage(REACTOR)
		.should()
		.dependOnClassesThat(assignableTo(TransactionalOperator.class).or(assignableTo(Transactional.class)));

	static final ArchRule nobodyContinuesPastErrors = noClasses().should()
		.callMethodWhere(target(nameMatching("onErrorContinue|onErrorStop")));

	static final ArchRule fanOutIsBounded = noClasses().should()
		.callMethodWhere(target(nameMatching("flatMap|flatMapSequential|flatMapDelayError"))
			.and(target(owner(assignableTo(Flux.class))))
			.and(describe("without concurrency", (call) -> call.getTarget().getRawParameterTypes().size() == 1)))
		.as("Flux.flatMap says how many at once");

	static final ArchRule nobodyReadsTheSystemClock = noClasses().should()
		.callMethodWhere(describe("time from the system", HouseRules::readsTheSystemClock))
		.orShould()
		.callConstructor(Date.class);

	static final ArchRule onlyTheClockBeanIsMadeFromTheSystem = noClasses().that()
		.resideOutsideOfPackage("..platform.time..")
		.should()
		.callMethodWhere(target(nameMatching("system.*")).and(target(owner(assignableTo(Clock.class)))));

	static final ArchRule nothingIsKeptByThread = noClasses().should()
		.dependOnClassesThat(assignableTo(ThreadLocal.class));

	static final ArchRule testsAreNamedByTheirKind = classes().that(haveTests())
		.should()
		.haveSimpleNameEndingWith("Tests")
		.orShould()
		.haveSimpleNameEndingWith("IT");

	static final ArchRule testNamesAreStatements = noMethods().that()
		.areAnnotatedWith(Test.class)
		.should()
		.haveNameMatching("(?i)(test|should).*")
		.orShould()
		.beAnnotatedWith(DisplayName.class);

	static final ArchRule ourOwnTypesAreNotMocked = fields().that()
		.haveRawType(resideInAPackage(OURS))
		.should()
		.notBeAnnotatedWith(anyOf(Mock.class, Spy.class, MockitoBean.class, MockitoSpyBean.class))
		.as("no mocks of types we own");

	static final ArchRule nobodyMocksByHand = noClasses().should()
		.callMethodWhere(target(nameMatching("mock|spy")).and(target(owner(assignableTo(Mockito.class))))
			.and(describe("of our own", HouseRules::namesOneOfOurTypes)))
		.as("no mocks of types we own");

	static final ArchRule verifyingHasALimit = noClasses().should()
		.callMethodWhere(target(nameMatching("verify(Complete|Error.*|Timeout)?"))
			.and(target(owner(assignableTo(StepVerifier.class).or(assignableTo(StepVerifier.LastStep.class)))))
			.and(describe("without a time limit",
					(call) -> call.getTarget().getRawParameterTypes().stream().noneMatch(HouseRules::isDuration))));

	static final ArchRule testsDoNotSleep = noClasses().should()
		.callMethodWhere(target(nameMatching("sleep")).and(target(owner(assignableTo(Thread.class)))));

	private HouseRules() {
	}

	private static boolean readsTheSystemClock(JavaCall<?> call) {
		JavaClass owner = call.getTargetOwner();
		boolean clock = List
			.of(Instant.class, LocalDate.class, LocalDateTime.class, LocalTime.class, OffsetDateTime.class,
					ZonedDateTime.class, YearMonth.class)
			.stream()
			.anyMatch(owner::isEquivalentTo);
		boolean now = call.getName().equals("now") && call.getTarget()
			.getRawParameterTypes()
			.stream()
			.noneMatch((type) -> type.isEquivalentTo(Clock.class));
		return (clock && now) || (owner.isEquivalentTo(System.class) && call.getName().equals("currentTimeMillis"));
	}

	private static boolean isUsedByItsPackageOnly(JavaClass type) {
		return type.getDirectDependenciesToSelf()
			.stream()
			.allMatch((use) -> use.getOriginClass().getPackageName().equals(type.getPackageName()));
	}

	private static boolean namesOneOfOurTypes(JavaCall<?> call) {
		return call.getOrigin()
			.getReferencedClassObjects()
			.stream()
			.anyMatch((type) -> resideInAPackage(OURS).test(type.getRawType()));
	}

	private static boolean isDuration(JavaClass type) {
		return type.isEquivalentTo(Duration.class);
	}

	private static DescribedPredicate<JavaClass> haveTests() {
		return describe("have tests",
				(type) -> type.getMethods()
					.stream()
					.anyMatch((JavaMethod method) -> method.isAnnotatedWith(Test.class)));
	}

	private static DescribedPredicate<JavaAnnotation<?>> anyOf(Class<?>... annotations) {
		return describe("a mock", (annotation) -> Arrays.stream(annotations)
			.anyMatch((type) -> annotation.getRawType().isEquivalentTo(type)));
	}

}
