package cn.qingfeng.quiz;

import java.util.UUID;

public record RoundId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
