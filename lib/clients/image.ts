/** A picture as its own bytes describe it. */
export type Image = { mediaType: 'image/png' | 'image/jpeg' | 'image/webp'; width: number; height: number }

/**
 * What kind of picture the bytes are, and how large; null when they are none that browsers show without running anything (SVG can hold scripts).
 * Reads the header only: what a browser makes of the rest is up to its decoder, and the answer's media type forbids anything else.
 */
export function imageOf(bytes: Uint8Array): Image | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = png(data) ?? jpeg(data) ?? webp(data)
  return size && size.width > 0 && size.height > 0 ? size : null
}

function png(data: Buffer): Image | null {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  if (data.length < 33 || !data.subarray(0, 8).equals(Buffer.from(signature)) || data.toString('latin1', 12, 16) !== 'IHDR') return null
  return { mediaType: 'image/png', width: data.readUInt32BE(16), height: data.readUInt32BE(20) }
}

/** Walks the segments to the frame header (SOF), which has the size. */
function jpeg(data: Buffer): Image | null {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return null
  let at = 2
  while (at + 9 <= data.length) {
    if (data[at] !== 0xff) return null
    const marker = data[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { mediaType: 'image/jpeg', height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) }
    const length = data.readUInt16BE(at + 2)
    if (length < 2) return null
    at += 2 + length
  }
  return null
}

function webp(data: Buffer): Image | null {
  if (data.length < 30 || data.toString('latin1', 0, 4) !== 'RIFF' || data.toString('latin1', 8, 12) !== 'WEBP') return null
  const mediaType = 'image/webp'
  switch (data.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { mediaType, width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 }
    case 'VP8L': {
      const bits = data.readUInt32LE(21)
      return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ':
      return { mediaType, width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff }
    default:
      return null
  }
}
