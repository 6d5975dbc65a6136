package cn.rules.violations;

import cn.qingfeng.platform.security.CurrentMember;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.Mock;
import org.mockito.Mockito;

/** A test by no known name, with mocks and a display name. */
@Disabled("an example of what not to do")
public class MockingCheck {

	@Mock
	private CurrentMember member;

	@Test
	@DisplayName("runs")
	void runs() {
		Mockito.mock(CurrentMember.class).key();
		this.member.key();
	}

}
