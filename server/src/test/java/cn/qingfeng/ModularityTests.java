package cn.qingfeng;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

	/** Maven modules of their own under the same base package. */
	private static final DescribedPredicate<JavaClass> LIBRARIES = JavaClass.Predicates
		.resideInAnyPackage("cn.qingfeng.contract..", "cn.qingfeng.seeds..", "cn.qingfeng.local..");

	@Test
	void modulesRespectTheirBoundaries() {
		ApplicationModules.of(QingfengApplication.class, LIBRARIES).verify();
	}

}
