package cn.qingfeng.local.sandbox.qr;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import javax.imageio.ImageIO;

import cn.qingfeng.local.sandbox.http.Reply;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;

/**
 * A picture that a real scanner reads.
 */
final class QrPicture {

	private static final int INK = 0x1a1a1a;

	private static final int PAPER = 0xffffff;

	private QrPicture() {
	}

	static Reply jpeg(String content, int width) {
		return Reply.bytes("image/jpeg", draw(content, width, "jpg"));
	}

	static Reply png(String content, int width) {
		return Reply.bytes("image/png", draw(content, width, "png"));
	}

	private static byte[] draw(String content, int width, String format) {
		BitMatrix bits = encode(content, width);
		BufferedImage image = new BufferedImage(width, width, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < width; y++) {
			for (int x = 0; x < width; x++) {
				image.setRGB(x, y, bits.get(x, y) ? INK : PAPER);
			}
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, format, out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

	private static BitMatrix encode(String content, int width) {
		try {
			return new QRCodeWriter().encode(content, BarcodeFormat.QR_CODE, width, width,
					Map.of(EncodeHintType.CHARACTER_SET, "UTF-8", EncodeHintType.MARGIN, 2));
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("too long for a code", ex);
		}
	}

}
