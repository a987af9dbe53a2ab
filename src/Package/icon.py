"""Draws icon.png: a small network, 128 x 128, with nothing but the standard library. Run in this folder."""
import struct
import zlib

SIZE, SCALE = 128, 4
GROUND, LINE, DOT, LAST = (36, 28, 84), (122, 108, 214), (240, 238, 255), (255, 176, 46)
LAYERS = [[(26, 34), (26, 64), (26, 94)], [(64, 22), (64, 50), (64, 78), (64, 106)], [(102, 64)]]


def distance_to_segment(x, y, a, b):
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = max(0.0, min(1.0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)))
    return ((x - a[0] - t * dx) ** 2 + (y - a[1] - t * dy) ** 2) ** 0.5


def inside(x, y, radius=24):
    """Whether a point is in the square with round corners."""
    dx, dy = max(radius - x, x - (SIZE - radius), 0), max(radius - y, y - (SIZE - radius), 0)
    return dx * dx + dy * dy <= radius * radius


def color(x, y):
    if not inside(x, y):
        return (0, 0, 0, 0)
    for number, layer in enumerate(LAYERS):
        for dot in layer:
            if (x - dot[0]) ** 2 + (y - dot[1]) ** 2 <= (12 if number == 2 else 8.5) ** 2:
                return (*(LAST if number == 2 else DOT), 255)
    for left, right in zip(LAYERS, LAYERS[1:]):
        if any(distance_to_segment(x, y, a, b) <= 1.4 for a in left for b in right):
            return (*LINE, 255)
    return (*GROUND, 255)


def pixel(column, row):
    points = [color(column + (i + 0.5) / SCALE, row + (j + 0.5) / SCALE) for i in range(SCALE) for j in range(SCALE)]
    alpha = sum(point[3] for point in points)
    rgb = [round(sum(point[c] * point[3] for point in points) / alpha) if alpha else 0 for c in range(3)]
    return bytes([*rgb, round(alpha / len(points))])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
with open("icon.png", "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0))
               + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
