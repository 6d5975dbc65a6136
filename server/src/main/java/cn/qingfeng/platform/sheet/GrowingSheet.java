package cn.qingfeng.platform.sheet;

import java.io.IOException;
import java.util.List;

/**
 * A file to which rows are added. Each step gives the bytes that it made and forgets
 * them.
 */
interface GrowingSheet {

	byte[] add(List<? extends List<?>> rows) throws IOException;

	byte[] end() throws IOException;

}
