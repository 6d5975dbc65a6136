package cn.qingfeng.quiz.bank;

import cn.qingfeng.platform.seed.SeedFolder;
import cn.qingfeng.platform.seed.SeedLoader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The banks that come with the product.
 */
@Component
@Order(BankSeeds.ORDER)
class BankSeeds implements SeedLoader {

	static final int ORDER = 300;

	private final Banks banks;

	BankSeeds(Banks banks) {
		this.banks = banks;
	}

	@Override
	public String name() {
		return "question-banks";
	}

	@Override
	public Mono<Void> load(SeedFolder seeds) {
		return Flux.fromIterable(seeds.list(name(), "yaml"))
			.concatMap((path) -> this.banks.add(seeds.yaml(path, BankFile.class)))
			.then();
	}

}
