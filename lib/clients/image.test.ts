import { describe, expect, it } from 'vitest'
import { imageOf } from './image.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
/** SOI, an APP0 of 16 bytes, SOF0 of 640 × 480. */
const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe00010', 'hex'),
  Buffer.alloc(14),
  Buffer.from('ffc00011080 1e00280030122000211010311 01'.replaceAll(' ', ''), 'hex'),
])
const WEBP = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=', 'base64')

function webpWith(kind: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`RIFF\0\0\0\0WEBP${kind}`, 'latin1'), body, Buffer.alloc(20)])
}

describe('imageOf', () => {
  it('knows PNG, JPEG and WebP with their size', () => {
    expect(imageOf(PNG)).toEqual({ mediaType: 'image/png', width: 1, height: 1 })
    expect(imageOf(JPEG)).toEqual({ mediaType: 'image/jpeg', width: 640, height: 480 })
    expect(imageOf(WEBP)).toEqual({ mediaType: 'image/webp', width: 1, height: 1 })
    const extended = webpWith('VP8X', Buffer.from('0a00000000000000ff0300ff0100', 'hex'))
    expect(imageOf(extended)).toEqual({ mediaType: 'image/webp', width: 1024, height: 512 })
    // One bit for the signature byte's neighbour: 14 bits of width - 1, then 14 of height - 1.
    const lossless = webpWith('VP8L', Buffer.from('000000002f63400c00', 'hex'))
    expect(imageOf(lossless)).toEqual({ mediaType: 'image/webp', width: 100, height: 50 })
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')],
    ['the beginning of a PNG', PNG.subarray(0, 20)],
    ['a PNG without size', Buffer.concat([PNG.subarray(0, 16), Buffer.alloc(40)])],
    ['a JPEG without frame', Buffer.from('ffd8ffe000020000', 'hex')],
    ['a JPEG that goes in circles', Buffer.concat([Buffer.from('ffd8ffe00000', 'hex'), Buffer.alloc(64)])],
    ['an unknown WebP', webpWith('ANIM', Buffer.alloc(20))],
  ])('takes %s for no picture', (_, bytes) => {
    expect(imageOf(bytes)).toBeNull()
  })
})
