"""Draws the pictures of the demonstration site: flat cut paper, letters of many scripts, eight-pointed stars.

Run by hand after a change: `python -m home.demo.draw_pictures [key …]`. It needs Pillow and the Noto fonts of
Debian's fonts-noto-core and fonts-noto-cjk; the drawn files are kept in the repository, so the site needs neither.
The same fonts and Pillow give the same bytes: nothing here is drawn by chance, the grain comes from a fixed seed.

Coordinates are those of the finished picture (1600×900); everything is a polygon, drawn at twice the size.
"""

import math
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, features

FONTS = Path("/usr/share/fonts")
PICTURES = Path(__file__).parent / "pictures"
SCALE = 2
SIZE = (1600, 900)
MOST_BYTES = 60_000

Colour = tuple[int, int, int]
Point = tuple[float, float]
Points = Sequence[Point]
Draw = Callable[["Paper"], None]


# Colours


def rgb(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """A colour on the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


TEAL, NIGHT, SAFFRON, BRICK = rgb("#0B4F56"), rgb("#12303A"), rgb("#E8A13A"), rgb("#B5452C")
SAGE, SAND, SKY, PLUM = rgb("#8FB8A0"), rgb("#F4EADB"), rgb("#9CC9D6"), rgb("#5B2A4E")
WHITE = rgb("#FFFBF4")
LEAF, MOSS = mix(SAGE, TEAL, 0.4), mix(SAGE, TEAL, 0.7)
VIOLET, LILAC = rgb("#8A63A6"), rgb("#B79ACB")
CLAY, DUNE, STRAW = mix(BRICK, SAND, 0.45), mix(SAFFRON, SAND, 0.45), mix(SAFFRON, SAND, 0.75)
WOOD = mix(BRICK, NIGHT, 0.45)
SHADE = mix(SAND, NIGHT, 0.12)
PORCELAIN, ROSE, OLIVE, AMBER, UMBER, COCOA = (
    rgb(code) for code in ("#F2CDB0", "#E4B08A", "#CE9468", "#A96E47", "#7F4D31", "#5B3524")
)


# Paper


def polar(x: float, y: float, radius: float, degrees: float) -> Point:
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def oval(x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360) -> list[Point]:
    """Points along an ellipse, from one angle to another, clockwise from the right."""
    steps = 96
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def curve(points: Points, closed: bool = True) -> list[Point]:
    """A soft line through all points (Catmull-Rom)."""
    count = len(points)
    ends = points if closed else [points[0], *points, points[-1]]
    result: list[Point] = []
    for i in range(count if closed else count - 1):
        a, b, c, d = (ends[(i + k - 1) % count] if closed else ends[i + k] for k in range(4))
        for step in range(12):
            t = step / 12
            x, y = (
                0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)
                for p, q, r, s in zip(a, b, c, d, strict=True)
            )
            result.append((x, y))
    return result if closed else [*result, points[-1]]


def star_points(x: float, y: float, radius: float, turn: float = 0) -> list[Point]:
    """The eight-pointed star of two crossed squares (khatam)."""
    inner = radius * math.cos(math.pi / 4) / math.cos(math.pi / 8)
    return [polar(x, y, inner if i % 2 else radius, turn + 22.5 * i) for i in range(16)]


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> list[Point]:
    if not radius:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners = ((right, bottom, 0), (left, bottom, 90), (left, top, 180), (right, top, 270))
    points: list[Point] = []
    for x, y, start in corners:
        cx, cy = x + (-radius if x == right else radius), y + (-radius if y == bottom else radius)
        points += oval(cx, cy, radius, radius, start, start + 90)
    return points


def arch_points(x: float, bottom: float, width: float, height: float) -> list[Point]:
    """A door or window with a round top; x is its middle."""
    half = width / 2
    return [(x - half, bottom), *oval(x, bottom - height + half, half, half, 180, 360), (x + half, bottom)]


class Sheet:
    """A layer of paper shapes; at() gives the same layer with another origin, turn and scale."""

    def __init__(self, image: Image.Image, matrix: tuple[float, ...] = (SCALE, 0, 0, 0, SCALE, 0), turn: float = 0):
        self.image, self.matrix, self.turn = image, matrix, turn
        self.pen = ImageDraw.Draw(image)

    def at(self, x: float, y: float, turn: float = 0, scale: float = 1, flip: bool = False) -> "Sheet":
        a, b, c, d, e, f = self.matrix
        cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
        side = -1 if flip else 1
        local = (cos * side, -sin, x, sin * side, cos, y)
        p, q, r, s, t, u = local
        matrix = (a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f)
        return Sheet(self.image, matrix, self.turn + turn)

    @property
    def scale(self) -> float:
        return math.hypot(self.matrix[0], self.matrix[3]) / SCALE

    def place(self, points: Points) -> list[Point]:
        a, b, c, d, e, f = self.matrix
        return [(a * x + b * y + c, d * x + e * y + f) for x, y in points]

    def polygon(self, points: Points, fill: Colour | None) -> None:
        """No colour cuts a hole."""
        self.pen.polygon(self.place(points), fill=(*fill, 255) if fill else (0, 0, 0, 0))

    def blob(self, points: Points, fill: Colour) -> None:
        self.polygon(curve(points), fill)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Colour | None) -> None:
        self.polygon(oval(x, y, rx, ry), fill)

    def circle(self, x: float, y: float, radius: float, fill: Colour | None) -> None:
        self.ellipse(x, y, radius, radius, fill)

    def ring(
        self, x: float, y: float, radius: float, width: float, fill: Colour, start: float = 0, end: float = 360
    ) -> None:
        self.polygon(
            [*oval(x, y, radius, radius, start, end), *oval(x, y, radius - width, radius - width, end, start)], fill
        )

    def rect(
        self, left: float, top: float, right: float, bottom: float, fill: Colour | None, radius: float = 0
    ) -> None:
        self.polygon(box(left, top, right, bottom, radius), fill)

    def arch(self, x: float, bottom: float, width: float, height: float, fill: Colour | None) -> None:
        self.polygon(arch_points(x, bottom, width, height), fill)

    def star(self, x: float, y: float, radius: float, fill: Colour, turn: float = 0) -> None:
        self.polygon(star_points(x, y, radius, turn), fill)

    def line(self, points: Points, width: float, fill: Colour, end_width: float | None = None) -> None:
        """A stroke with round ends, growing or thinning to end_width."""
        last = len(points) - 1
        half = [
            (width + ((end_width if end_width is not None else width) - width) * i / last) / 2 for i in range(last + 1)
        ]
        for i, ((ax, ay), (bx, by)) in enumerate(zip(points, points[1:], strict=False)):
            length = math.hypot(bx - ax, by - ay) or 1
            nx, ny, p, q = (ay - by) / length, (bx - ax) / length, half[i], half[i + 1]
            self.polygon(
                [
                    (ax + nx * p, ay + ny * p),
                    (bx + nx * q, by + ny * q),
                    (bx - nx * q, by - ny * q),
                    (ax - nx * p, ay - ny * p),
                ],
                fill,
            )
        for (x, y), radius in zip(points, half, strict=True):
            self.circle(x, y, radius, fill)

    def soft(self, points: Points, radius: float, fill: Colour) -> None:
        """A polygon with rounded corners."""
        self.polygon(points, fill)
        self.line([*points, points[0]], radius * 2, fill)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        fill: Colour,
        turn: float = 0,
        script: str = "",
        left_aligned: bool = False,
    ) -> None:
        """Letters with their ink centred on the point, or beginning at it."""
        face = font(script or script_of(text), round(size * self.scale * SCALE))
        left, top, right, bottom = face.getbbox(text)
        pad = 8
        mask = Image.new("L", (round(right - left) + 2 * pad, round(bottom - top) + 2 * pad))
        ImageDraw.Draw(mask).text((pad - left, pad - top), text, font=face, fill=255)
        if self.turn + turn:
            mask = mask.rotate(-(self.turn + turn), Image.Resampling.BICUBIC, expand=True)
        patch = Image.new("RGBA", mask.size, (*fill, 255))
        patch.putalpha(mask)
        ((cx, cy),) = self.place([(x, y)])
        cx += (mask.width / 2 - pad) if left_aligned else 0
        corner = round(cx - mask.width / 2), round(cy - mask.height / 2)
        inside = max(0, -corner[0]), max(0, -corner[1])
        if inside[0] < mask.width and inside[1] < mask.height:
            self.image.alpha_composite(patch, (max(0, corner[0]), max(0, corner[1])), inside)


class Paper:
    """The picture: a ground and the sheets laid on it, each with the soft shadow of cut paper."""

    def __init__(self, ground: Colour, size: tuple[int, int] = SIZE):
        self.size = size
        self.image = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), ground)

    @contextmanager
    def sheet(self, depth: float = 7, clip: Points | None = None) -> Iterator[Sheet]:
        layer = Image.new("RGBA", self.image.size)
        sheet = Sheet(layer)
        yield sheet
        alpha = layer.getchannel("A")
        if clip:
            mask = Image.new("L", layer.size)
            ImageDraw.Draw(mask).polygon(sheet.place(clip), fill=255)
            alpha = ImageChops.multiply(alpha, mask)
        if depth:
            self._shadow(alpha, depth * SCALE)
        self.image.paste(layer.convert("RGB"), mask=alpha)

    def _shadow(self, alpha: Image.Image, depth: float) -> None:
        small = alpha.resize((alpha.width // 8, alpha.height // 8), Image.Resampling.BOX)
        small = small.filter(ImageFilter.GaussianBlur(depth / 8)).point(lambda value: round(value * 0.34))
        shadow = small.resize(alpha.size, Image.Resampling.BICUBIC)
        down = round(depth * 0.6)
        shadow = shadow.crop((0, 0, shadow.width, shadow.height - down))
        self.image.paste(NIGHT, (0, down, shadow.width, shadow.height + down), shadow)

    def finished(self) -> Image.Image:
        image = self.image.resize(self.size, Image.Resampling.LANCZOS)
        grain = Image.frombytes("L", self.size, random.Random(1797).randbytes(self.size[0] * self.size[1]))
        grain = grain.filter(ImageFilter.GaussianBlur(1.4)).point(lambda value: 128 + round((value - 128) * 0.16))
        return ImageChops.overlay(image, Image.merge("RGB", [grain] * 3))


# Letters

FACES = {
    "latin": "NotoSerif-Bold.ttf",
    "sans": "NotoSans-Bold.ttf",
    "arabic": "NotoNaskhArabic-Bold.ttf",
    "kufi": "NotoKufiArabic-Bold.ttf",
    "devanagari": "NotoSerifDevanagari-Bold.ttf",
    "gurmukhi": "NotoSerifGurmukhi-Bold.ttf",
    "tamil": "NotoSerifTamil-Bold.ttf",
    "ethiopic": "NotoSerifEthiopic-Bold.ttf",
    "georgian": "NotoSerifGeorgian-Bold.ttf",
    "tifinagh": "NotoSansTifinagh-Regular.ttf",
    "chinese": "NotoSerifCJK-Bold.ttc",
}
SCRIPT_STARTS = (
    (0x600, "arabic"),
    (0x900, "devanagari"),
    (0xA00, "gurmukhi"),
    (0xB80, "tamil"),
    (0x10A0, "georgian"),
    (0x1200, "ethiopic"),
    (0x2D30, "tifinagh"),
    (0x4E00, "chinese"),
)
LETTERS = "aعЖअΩਸஅሰქⵣ文ñنЯमλੳகአმⴰ人"


def script_of(text: str) -> str:
    """The script of the first letter; Greek and Cyrillic are in the Latin face."""
    return next((script for start, script in reversed(SCRIPT_STARTS) if ord(text[0]) >= start), "latin")


def joined(word: str) -> str:
    """A word of joined letters, or only its first letter where Pillow cannot shape it."""
    return word if features.check("raqm") else word[0]


@cache
def font_file(name: str) -> Path:
    for path in sorted(FONTS.rglob(name)):
        return path
    raise SystemExit(f"The font {name} is not under {FONTS}: install fonts-noto-core and fonts-noto-cjk.")


@cache
def font(script: str, size: int) -> ImageFont.FreeTypeFont:
    simplified = 2 if script == "chinese" else 0
    return ImageFont.truetype(font_file(FACES[script]), size, index=simplified)


# Ornaments


def sun(s: Sheet, x: float, y: float, radius: float, disc: Colour = SAFFRON, star: Colour = STRAW) -> None:
    s.circle(x, y, radius, disc)
    s.star(x, y, radius * 0.72, star)
    s.star(x, y, radius * 0.4, disc)


def lattice(s: Sheet, area: tuple[float, float, float, float], radius: float, fill: Colour, width: float = 3) -> None:
    """Outlines of touching stars: between four of them stands a cross."""
    left, top, right, bottom = area
    for row in range(math.ceil((bottom - top) / radius / 2) + 1):
        for column in range(math.ceil((right - left) / radius / 2) + 1):
            points = star_points(left + column * radius * 2, top + row * radius * 2, radius)
            s.line([*points, points[0]], width, fill)


def scatter(
    s: Sheet, letters: str, places: Sequence[tuple[float, float, float]], fills: Sequence[Colour], turn: float = 10
) -> None:
    """Letters at (x, y, size), leaning now left, now right."""
    for i, (x, y, size) in enumerate(places):
        s.text(x, y, letters[i % len(letters)], size, fills[i % len(fills)], turn=turn * (-1, 0.6, 0.2, -0.5, 1)[i % 5])


def bubble(s: Sheet, x: float, y: float, rx: float, ry: float, fill: Colour, tail: Point) -> None:
    """A speech bubble with its tail towards a point."""
    s.ellipse(x, y, rx, ry, fill)
    dx, dy = tail[0] - x, tail[1] - y
    length = math.hypot(dx, dy)
    nx, ny = -dy / length * rx * 0.22, dx / length * rx * 0.22
    s.polygon([(x + nx, y + ny), tail, (x - nx, y - ny)], fill)


def hill(s: Sheet, tops: Sequence[float], fill: Colour) -> None:
    """A soft horizon across the picture, its heights evenly spaced."""
    step = 1800 / (len(tops) - 1)
    s.polygon(
        [*curve([(-100 + i * step, y) for i, y in enumerate(tops)], closed=False), (1700, 960), (-100, 960)], fill
    )


def cloud(s: Sheet, x: float, y: float, width: float, fill: Colour) -> None:
    s.rect(x - width / 2, y - width * 0.07, x + width / 2, y + width * 0.07, fill, width * 0.07)
    s.rect(x - width * 0.22, y - width * 0.18, x + width * 0.34, y, fill, width * 0.09)


def leaf(s: Sheet, x: float, y: float, length: float, width: float, turn: float, fill: Colour) -> None:
    """A pointed leaf growing from the point."""
    side = [(length * t, -width / 2 * math.sin(math.pi * t) * (1.25 - 0.5 * t)) for t in (i / 14 for i in range(15))]
    s.at(x, y, turn).polygon([*side, *[(px, -py) for px, py in reversed(side)]], fill)


def heart(s: Sheet, x: float, y: float, size: float, turn: float, fill: Colour, vein: Colour | None = None) -> None:
    """A heart-shaped leaf, hanging from the point."""
    angles = [math.radians(i * 5) for i in range(72)]
    points = [
        (16 * math.sin(a) ** 3, -(13 * math.cos(a) - 5 * math.cos(2 * a) - 2 * math.cos(3 * a) - math.cos(4 * a)) + 5)
        for a in angles
    ]
    local = s.at(x, y, turn, size / 32)
    local.polygon(points, fill)
    if vein:
        local.line([(0, 0), (0, 16)], 1.2, vein, 0.4)
        for depth in (4, 9):
            local.line([(-6 + depth / 4, depth - 4), (0, depth), (6 - depth / 4, depth - 4)], 0.9, vein)


def tree(s: Sheet, x: float, y: float, height: float, crown: Colour = LEAF, trunk: Colour = WOOD) -> None:
    """A round tree: trunk, crown and the darker half of the crown."""
    r = height * 0.34
    s.line([(x, y), (x, y - height * 0.6)], height * 0.07, trunk, height * 0.04)
    s.line([(x, y - height * 0.3), (x + r * 0.45, y - height * 0.52)], height * 0.035, trunk)
    cy = y - height + r
    s.circle(x, cy, r, crown)
    s.polygon(oval(x, cy, r, r, -55, 125), mix(crown, NIGHT, 0.16))


def poplar(s: Sheet, x: float, y: float, height: float, crown: Colour = MOSS) -> None:
    s.line([(x, y), (x, y - height * 0.4)], height * 0.04, WOOD)
    s.blob(
        [
            (x, y - height),
            (x + height * 0.12, y - height * 0.5),
            (x, y - height * 0.1),
            (x - height * 0.12, y - height * 0.5),
        ],
        crown,
    )
    s.polygon(
        [(x, y - height), *oval(x, y - height * 0.5, height * 0.1, height * 0.38, -60, 80), (x, y - height * 0.1)],
        mix(crown, NIGHT, 0.16),
    )


def palm(s: Sheet, x: float, y: float, height: float, bend: float, crown: Colour = MOSS) -> None:
    top = (x + bend, y - height)
    trunk = curve([(x, y), (x + bend * 0.25, y - height * 0.5), top], closed=False)
    s.line(trunk, height * 0.075, WOOD, height * 0.035)
    for i, turn in enumerate((-178, -150, -120, -90, -60, -30, -2, 26, 154)):
        side = 1 if math.cos(math.radians(turn)) > -0.01 else -1
        tip, knee = polar(*top, height * 0.47, turn + 20 * side), polar(*top, height * 0.3, turn - 4 * side)
        lower = polar(*top, height * 0.25, turn + 15 * side)
        frond = curve([top, knee, tip], closed=False) + curve([tip, lower, top], closed=False)
        s.polygon(frond, mix(crown, (SAGE, TEAL, LEAF)[i % 3], 0.45))
    for dx, dy in ((-0.03, 0.03), (0.03, 0.04), (0, 0.06)):
        s.circle(top[0] + dx * height, top[1] + dy * height, height * 0.026, BRICK)


def house(
    s: Sheet,
    x: float,
    bottom: float,
    width: float,
    height: float,
    wall: Colour,
    roof: Colour | None = None,
    columns: int = 3,
    rows: int = 3,
    pane: Colour = NIGHT,
    arcade: int = 0,
) -> None:
    """A town house with shuttered windows, on an arcade where wanted; x is its left edge."""
    top = bottom - height
    s.rect(x, top, x + width, bottom, wall)
    if roof:
        s.polygon(
            [(x - 12, top), (x + width * 0.08, top - 34), (x + width * 0.92, top - 34), (x + width + 12, top)], roof
        )
    ground = height * 0.3 if arcade else 0
    cell, floor = width / columns, (height - ground - 30) / rows
    for row in range(rows):
        for column in range(columns):
            wx, wy = x + cell * (column + 0.5), top + 30 + floor * (row + 0.72)
            w, h = min(cell * 0.36, 40), min(floor * 0.58, 74)
            s.rect(wx - w / 2 - 9, wy - h * 0.94, wx + w / 2 + 9, wy, mix(wall, NIGHT, 0.28))
            s.arch(wx, wy, w, h, mix(pane, wall, 0.12))
    if arcade:
        s.rect(x, bottom - ground - 8, x + width, bottom - ground, mix(wall, WHITE, 0.4))
        bay = width / arcade
        for i in range(arcade):
            s.arch(x + bay * (i + 0.5), bottom, bay * 0.74, ground * 0.86, mix(wall, NIGHT, 0.62))


# People: a small cast that comes back from picture to picture


@dataclass(frozen=True)
class Look:
    skin: Colour
    hair: Colour
    style: str
    cloth: Colour
    legs: Colour = NIGHT
    dress: bool = False
    child: bool = False


INK, GREY, CHESTNUT, COPPER = rgb("#241C20"), rgb("#BFB9B2"), rgb("#5A3626"), rgb("#A8562D")
NADIA = Look(OLIVE, TEAL, "scarf", SAFFRON, BRICK, dress=True)
KOFI = Look(COCOA, INK, "short", SAGE, NIGHT)
CHIARA = Look(PORCELAIN, COPPER, "bob", TEAL, NIGHT)
GURDEEP = Look(AMBER, BRICK, "turban", SAND, TEAL)
LIN = Look(ROSE, INK, "bob", BRICK, NIGHT)
LUCA = Look(PORCELAIN, CHESTNUT, "short", SKY, NIGHT)
FATOU = Look(UMBER, SAFFRON, "wrap", PLUM, PLUM, dress=True)
ELENA = Look(ROSE, GREY, "bun", PLUM, NIGHT, dress=True)
OMAR = Look(OLIVE, INK, "beard", BRICK, NIGHT)
PRIYA = Look(AMBER, INK, "long", SAFFRON, TEAL, dress=True)
TEO = Look(ROSE, CHESTNUT, "curly", SAFFRON, TEAL)
AWA = Look(COCOA, INK, "curly", SAFFRON, PLUM)
ROSA = Look(OLIVE, CHESTNUT, "long", SAGE, NIGHT)
AGOSTINO = Look(PORCELAIN, GREY, "short", NIGHT, WOOD)
SAMIRA = Look(ROSE, PLUM, "scarf", SKY, NIGHT, dress=True)
CAST = (NADIA, KOFI, CHIARA, GURDEEP, LIN, LUCA, FATOU, ELENA, OMAR, PRIYA, TEO, AWA, ROSA, AGOSTINO, SAMIRA)
DOWN = ((-0.14, 0.34), (0.14, 0.34))
UP = ((-0.2, -0.26), (0.2, -0.26))
STAND = ((-0.055, 0.45), (0.055, 0.45))
STRIDE = ((-0.14, 0.43), (0.12, 0.45))


def head(s: Sheet, x: float, y: float, r: float, look: Look, back: bool = False) -> None:
    """A head with its hair or cloth; seen from behind there is no face."""
    h = s.at(x, y, scale=r)
    if look.style in ("long", "bob"):
        low = 2.1 if look.style == "long" else 1.0
        h.soft([(-0.8, 0), (0.8, 0), (0.85, low), (-0.85, low)], 0.28, look.hair)
    if look.style == "curly":
        for i in range(9):
            h.circle(*polar(0, -0.15, 0.86, 165 + i * 26), 0.46, look.hair)
    if look.style == "bun":
        h.circle(0, -1.25, 0.45, look.hair)
    if look.style == "scarf":
        right = [(1.08, -0.3), (1.12, 0.9), (1.5, 1.75)]
        h.blob([(0, -1.18), *right, (0, 2.3), *[(-dx, dy) for dx, dy in reversed(right)]], look.hair)
    elif look.style in ("turban", "wrap"):
        h.circle(0, 0, 1, INK if back else look.skin)
    else:
        h.circle(0, -0.08, 1.05, look.hair)
    if not back:
        _face(h, look)
    if look.style in ("turban", "wrap"):
        _headcloth(h, look, back)


def _headcloth(h: Sheet, look: Look, back: bool) -> None:
    """A Sikh turban, folded towards the forehead, or a wound scarf; the head's radius is 1."""
    dark = mix(look.hair, NIGHT, 0.22)
    if back:
        h.ellipse(0, -0.42, 1.12, 1.12, look.hair)
        for low in (-0.9, -0.5, -0.1):
            h.line(curve([(-1.0, low - 0.1), (0, low + 0.2), (1.0, low - 0.1)], closed=False), 0.08, dark)
    elif look.style == "turban":
        height = 0.8 if look.child else 1.15
        h.polygon(
            [
                *oval(0, -0.45, 1.18, height, 180, 360),
                (1.08, -0.12),
                (0.5, -0.45),
                (0, -0.68),
                (-0.5, -0.45),
                (-1.08, -0.12),
            ],
            look.hair,
        )
        h.polygon([(-0.2, -0.6), (0, -0.92), (0.2, -0.6), (0, -0.68)], dark)
        for side in (-1, 1):
            for step in range(3):
                start, end = (
                    (side * (1.12 - step * 0.09), -0.42 - step * height * 0.24),
                    (side * 0.1, -0.78 - step * height * 0.2),
                )
                h.line([start, mix_points(start, end, 0.5), end], 0.07, dark, 0.04)
    else:
        h.blob([(-1.08, -0.2), (-0.95, -1.1), (0.3, -1.75), (1.0, -1.0), (1.08, -0.2), (0, -0.55)], look.hair)
        h.blob([(-1.0, -0.5), (0, -0.95), (0.9, -1.2), (0, -0.68)], dark)


def _face(h: Sheet, look: Look) -> None:
    bearded = look.style in ("turban", "beard") and not look.child
    if bearded:
        h.ellipse(0, 0.3, 0.92, 0.98, INK)
        h.ellipse(0, -0.02, 0.82, 0.72, look.skin)
    elif look.style == "scarf":
        h.ellipse(0, 0.05, 0.76, 0.88, look.skin)
    else:
        h.ellipse(0, 0.16, 0.84, 0.9, look.skin)
    if h.scale < 22:
        return
    ink = mix(look.skin, INK, 0.78)
    for side in (-1, 1):
        h.circle(side * 0.3, 0.08, 0.06, ink)
    h.line(oval(0, 0.32, 0.2, 0.15, 30, 150), 0.06, WHITE if bearded else ink)


def bend(start: Point, end: Point, length: float, side: int) -> Point:
    """The elbow or knee between two points: a nearly straight limb, of at most twice the length."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    distance = math.hypot(dx, dy) or 1
    half = min(length, max(distance * 0.525, length * 0.62))
    out = math.sqrt(max(half**2 - distance**2 / 4, 0)) * side
    return (start[0] + end[0]) / 2 - dy / distance * out, (start[1] + end[1]) / 2 + dx / distance * out


def figure(
    s: Sheet,
    x: float,
    y: float,
    height: float,
    look: Look,
    hands: Points = DOWN,
    feet: Points = STAND,
    back: bool = False,
    lean: float = 0,
) -> None:
    """A person standing on y. Hands are measured from the neck, feet from the hip, in heights of the person."""
    h, hip, neck = height, (x, y - height * 0.45), (x + lean * height, y - height * (0.74 if look.child else 0.77))
    radius = h * (0.115 if look.child else 0.088)
    for side, (fx, fy) in zip((-1, 1), feet, strict=True):
        start, foot = (hip[0] + side * h * 0.045, hip[1]), (hip[0] + fx * h, hip[1] + fy * h - h * 0.02)
        knee = bend(start, foot, h * 0.2185, -1 if fx >= 0 else 1)
        s.line([start, knee, foot], h * 0.085, look.skin if look.dress else look.legs, h * 0.06)
        s.ellipse(
            foot[0] + (0.015 if fx >= 0 else -0.015) * h,
            foot[1] + h * 0.012,
            h * 0.045,
            h * 0.024,
            NIGHT if look.legs != NIGHT else WOOD,
        )
    if look.dress:
        s.soft(
            [
                (hip[0] - h * 0.06, hip[1] - h * 0.02),
                (hip[0] + h * 0.06, hip[1] - h * 0.02),
                (x + h * 0.14, y - h * 0.13),
                (x - h * 0.14, y - h * 0.13),
            ],
            h * 0.025,
            look.legs,
        )
    shoulder = h * 0.095
    s.soft(
        [
            (neck[0] - shoulder, neck[1] + h * 0.045),
            (neck[0] + shoulder, neck[1] + h * 0.045),
            (hip[0] + h * 0.06, hip[1] + h * 0.01),
            (hip[0] - h * 0.06, hip[1] + h * 0.01),
        ],
        h * 0.04,
        look.cloth,
    )
    s.line([(neck[0], neck[1] - h * 0.04), (neck[0], neck[1] + h * 0.01)], h * 0.06, mix(look.skin, NIGHT, 0.14))
    for side, (hx, hy) in zip((-1, 1), hands, strict=True):
        start, hand = (neck[0] + side * h * 0.105, neck[1] + h * 0.045), (neck[0] + hx * h, neck[1] + hy * h)
        elbow = bend(start, hand, h * 0.155, side if hy > 0 else -side)
        s.circle(*hand, h * 0.034, look.skin)
        s.line([start, elbow, mix_points(elbow, hand, 0.9)], h * 0.07, mix(look.cloth, NIGHT, 0.13), h * 0.055)
    head(s, neck[0], neck[1] - h * 0.04 - radius * 0.92, radius, look, back)


def mix_points(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def bust(s: Sheet, x: float, y: float, width: float, look: Look, back: bool = False, depth: float = 1.0) -> None:
    """Head and shoulders; y is the height of the shoulders, depth how far the cloth goes down, in widths."""
    w = width
    s.line([(x, y - w * 0.16), (x, y)], w * 0.2, mix(look.skin, NIGHT, 0.14))
    s.polygon(
        [
            *curve(
                [
                    (x - w * 0.5, y + w * depth),
                    (x - w * 0.48, y + w * 0.3),
                    (x - w * 0.32, y + w * 0.05),
                    (x, y - w * 0.01),
                    (x + w * 0.32, y + w * 0.05),
                    (x + w * 0.48, y + w * 0.3),
                    (x + w * 0.5, y + w * depth),
                ],
                closed=False,
            )
        ],
        look.cloth,
    )
    if not back and look.style != "scarf":
        s.polygon([(x - w * 0.11, y + w * 0.0), (x + w * 0.11, y), (x, y + w * 0.17)], mix(look.skin, NIGHT, 0.14))
    head(s, x, y - w * 0.38, w * 0.27, look, back)


# Things


def book(
    s: Sheet, x: float, y: float, width: float, height: float, cover: Colour, letter: str, ink: Colour, turn: float = 0
) -> None:
    """An exercise book from above, its cover with a letter."""
    b = s.at(x, y, turn)
    w, h = width / 2, height / 2
    b.rect(-w + 6, -h + 6, w + 8, h + 8, WHITE, 10)
    b.rect(-w, -h, w, h, cover, 12)
    b.rect(-w, -h, -w + width * 0.1, h, mix(cover, NIGHT, 0.25), 8)
    b.rect(-w * 0.5, -h * 0.55, w * 0.78, h * 0.42, mix(cover, WHITE, 0.88), 8)
    b.text(width * 0.07, -h * 0.07, letter, height * 0.34, ink)


def pencil(s: Sheet, x: float, y: float, length: float, turn: float, fill: Colour) -> None:
    p = s.at(x, y, turn)
    w = length * 0.045
    p.rect(-length / 2, -w, length / 2 - 3 * w, w, fill)
    p.rect(-length / 2, -w, length / 2 - 3 * w, -w * 0.2, mix(fill, WHITE, 0.3))
    p.polygon([(length / 2 - 3 * w, -w), (length / 2 + w, 0), (length / 2 - 3 * w, w)], STRAW)
    p.polygon([(length / 2, -w * 0.25), (length / 2 + w, 0), (length / 2, w * 0.25)], NIGHT)
    p.rect(-length / 2 - w, -w, -length / 2 + w, w, CLAY, w * 0.6)


def lamp(s: Sheet, x: float, y: float, radius: float, fill: Colour) -> None:
    """A paper lantern on its thread."""
    s.rect(x - radius * 0.32, y - radius * 1.08, x + radius * 0.32, y - radius * 0.82, NIGHT, 3)
    s.ellipse(x, y, radius, radius * 0.92, fill)
    s.ellipse(x, y, radius * 0.55, radius * 0.92, mix(fill, WHITE, 0.28))
    s.star(x, y, radius * 0.34, mix(fill, WHITE, 0.8))
    s.rect(x - radius * 0.3, y + radius * 0.82, x + radius * 0.3, y + radius * 1.04, NIGHT, 3)


def hand(s: Sheet, x: float, y: float, size: float, turn: float, skin: Colour, sleeve: Colour, mark: Colour) -> None:
    """An open hand reaching up from the point of its wrist, a star in its palm."""
    g = s.at(x, y, turn, size / 100)
    g.soft([(-22, 140), (22, 140), (18, 0), (-18, 0)], 6, skin)
    g.soft([(-30, 420), (30, 420), (27, 62), (-27, 62)], 8, sleeve)
    g.soft([(-24, -6), (24, -6), (29, -62), (-29, -62)], 10, skin)
    for base, tip, width in (
        ((-30, -62), (-43, -128), 17),
        ((-10, -66), (-14, -150), 18),
        ((11, -66), (14, -148), 18),
        ((31, -60), (41, -118), 16),
    ):
        g.line([base, tip], width, skin)
    g.line([(28, -20), (58, -58), (66, -80)], 20, skin, 15)
    g.star(0, -36, 20, mark)


def dish(s: Sheet, x: float, y: float, radius: float, rim: Colour, inside: Colour) -> None:
    s.circle(x, y, radius, rim)
    s.circle(x, y, radius * 0.9, mix(rim, WHITE, 0.55))
    s.circle(x, y, radius * 0.78, inside)


def suitcase(
    s: Sheet, x: float, bottom: float, width: float, height: float, fill: Colour, label: str, turn: float = 0
) -> None:
    c = s.at(x, bottom, turn)
    w, dark = width / 2, mix(fill, NIGHT, 0.3)
    c.line(
        [(-width * 0.1, -height), (-width * 0.1, -height - 26), (width * 0.1, -height - 26), (width * 0.1, -height)],
        13,
        dark,
    )
    c.rect(-w, -height, w, 0, fill, 22)
    for side in (-1, 1):
        c.rect(side * w * 0.62 - 15, -height, side * w * 0.62 + 15, 0, dark)
        c.rect(side * w * 0.62 - 10, -height * 0.72, side * w * 0.62 + 10, -height * 0.72 + 26, SAFFRON, 4)
    c.circle(0, -height * 0.46, min(height * 0.34, width * 0.2), mix(fill, WHITE, 0.86))
    c.text(0, -height * 0.46, label, min(height * 0.36, width * 0.24), dark)


def plant(s: Sheet, x: float, y: float, height: float, pot: Colour, green: Colour = LEAF) -> None:
    for turn, size in ((-90, 1), (-120, 0.82), (-60, 0.82), (-148, 0.6), (-32, 0.6)):
        leaf(s, x, y - height * 0.28, height * 0.72 * size, height * 0.2, turn, mix(green, TEAL, (turn % 3) * 0.2))
    s.polygon(
        [
            (x - height * 0.17, y - height * 0.34),
            (x + height * 0.17, y - height * 0.34),
            (x + height * 0.12, y),
            (x - height * 0.12, y),
        ],
        pot,
    )


DRAWINGS: dict[str, tuple[Colour, Draw]] = {}


def picture(key: str, ground: Colour) -> Callable[[Draw], Draw]:
    """Registers a drawing under its key."""

    def register(draw: Draw) -> Draw:
        DRAWINGS[key] = ground, draw
        return draw

    return register


# Letters and stars


@picture("home-scripts", TEAL)
def home_scripts(paper: Paper) -> None:
    with paper.sheet(0) as s:
        lattice(s, (0, 0, 1600, 900), 100, mix(TEAL, NIGHT, 0.22), 4)
    tiles = (
        (1500, 150, "star", BRICK, "文", SAND),
        (1300, 150, "round", SAND, "ع", TEAL),
        (1100, 150, "arch", PLUM, "Ж", DUNE),
        (900, 150, "star", SAGE, "ñ", NIGHT),
        (1500, 350, "arch", SKY, "ਸ", NIGHT),
        (1300, 350, "square", SAFFRON, "a", NIGHT),
        (1100, 350, "star", SAND, "ș", BRICK),
        (900, 350, "round", BRICK, "ض", SAND),
        (1500, 550, "round", NIGHT, "Ω", SAFFRON),
        (1300, 550, "star", PLUM, "अ", SAND),
        (1100, 550, "square", SAGE, "ق", NIGHT),
        (900, 550, "arch", SAFFRON, "ሰ", PLUM),
        (700, 550, "round", SKY, "λ", TEAL),
        (1500, 750, "square", SAND, "ქ", PLUM),
        (1300, 750, "arch", BRICK, "ⵣ", SAND),
        (1100, 750, "round", SAND, "அ", TEAL),
        (900, 750, "star", NIGHT, "я", SKY),
        (700, 750, "square", PLUM, "人", SAFFRON),
        (500, 750, "star", SAFFRON, "è", NIGHT),
    )
    with paper.sheet(9) as s:
        for x, y, shape, fill, letter, ink in tiles:
            if shape == "star":
                s.star(x, y, 99, fill)
            elif shape == "round":
                s.circle(x, y, 92, fill)
            elif shape == "arch":
                s.arch(x, y + 90, 180, 184, fill)
            else:
                s.rect(x - 88, y - 88, x + 88, y + 88, fill, 14)
            s.text(x, y + (6 if shape == "arch" else 0), letter, 112, ink)


@picture("zellige", SAND)
def zellige(paper: Paper) -> None:
    with paper.sheet(0) as s:
        star_tiling(s, 225)


def star_tiling(s: Sheet, a: float) -> None:
    """An eightfold tiling on the net of octagons and squares (4.8.8).

    From the middle of every edge two lines run into either tile at the same angle; where they meet they make the stars.
    """
    lean = math.radians(54)
    near, core = a * math.cos(lean) / math.cos(lean - math.pi / 8), a * math.cos(lean) / math.cos(math.pi / 4 - lean)
    reach = a * math.tan(math.pi / 8)
    corner, inner = reach * math.sqrt(2), reach * math.cos(lean) / math.cos(lean - math.pi / 4)
    chance = random.Random(8)
    tiles: list[tuple[list[Point], Colour]] = []

    def lay(points: list[Point], fill: Colour) -> None:
        tiles.append((points, mix(fill, WHITE if chance.random() > 0.5 else NIGHT, chance.random() * 0.1)))

    for row in range(-2, 2):
        for column in range(-3, 3):
            x, y, odd = 800 + 2 * a * column, 450 + 2 * a * row, (row + column) % 2
            for k in range(8):
                p, q = polar(x, y, near, 45 * k - 22.5), polar(x, y, near, 45 * k + 22.5)
                lay([polar(x, y, a, 45 * k), p, polar(x, y, core, 45 * k), q], (BRICK, TEAL)[odd])
                lay([polar(x, y, core, 45 * k), q, polar(x, y, core, 45 * k + 45)], NIGHT)
            lay([polar(x, y, core, 45 * k) for k in range(8)], WHITE)
            lay(star_points(x, y, core * 0.96), (TEAL, SAFFRON)[odd])
            lay(star_points(x, y, core * 0.6), WHITE)
            lay(star_points(x, y, core * 0.4), (SAFFRON, BRICK)[odd])
            mx, my = x + a, y + a
            lay([polar(mx, my, reach if i % 2 else inner, 45 * i) for i in range(8)], SAFFRON)
            for turn in (0, 90, 180, 270):
                vertex = polar(mx, my, corner, turn)
                centres = [polar(mx, my, a * math.sqrt(2), turn + side) for side in (45, -45)]
                above, below = (mix_points(c, vertex, near * math.cos(math.pi / 8) / a) for c in centres)
                sides = [polar(mx, my, reach, turn + side) for side in (45, -45)]
                lay([polar(mx, my, inner, turn), sides[0], above, polar(mx, my, a, turn), below, sides[1]], SAGE)
    for points, fill in tiles:
        s.polygon(points, fill)
    for points, _ in tiles:
        s.line([*points, points[0]], 6, STRAW)


@picture("lavagna", SHADE)
def lavagna(paper: Paper) -> None:
    with paper.sheet(12) as s:
        s.rect(110, 70, 1490, 770, WOOD, 18)
        s.rect(140, 100, 1460, 740, NIGHT, 6)
    with paper.sheet(0) as s:
        for x0, x1, y in ((180, 700, 180), (900, 1420, 660), (240, 640, 680)):
            s.line([(x0, y), (x1, y - 30)], 60, mix(NIGHT, TEAL, 0.22))
        places = (
            (270, 250, 190),
            (490, 290, 190),
            (730, 240, 180),
            (950, 290, 190),
            (1160, 240, 170),
            (1350, 290, 190),
            (290, 540, 170),
            (510, 570, 220),
            (725, 540, 190),
            (935, 580, 200),
            (1140, 540, 190),
            (1345, 570, 180),
        )
        scatter(s, "aعЖअΩਸஅሰქⵣ文ñ", places, (SAND, SAFFRON, SKY, SAND, SAGE, CLAY), 6)
        for x0, x1, y in ((210, 560, 404), (900, 1230, 412)):
            s.line([(x0, y), ((x0 + x1) / 2, y - 6), (x1, y + 3)], 5, mix(SAND, NIGHT, 0.3))
    with paper.sheet(8) as s:
        s.rect(70, 760, 1530, 800, mix(WOOD, SAFFRON, 0.25), 10)
        for x, fill in ((260, WHITE), (350, SAFFRON), (430, SKY), (1330, WHITE)):
            s.rect(x, 742, x + 66, 760, fill, 8)
        s.rect(1080, 714, 1230, 762, BRICK, 10)
        s.rect(1080, 742, 1230, 762, SAND, 6)


@picture("quaderni", mix(SAGE, SAND, 0.35))
def quaderni(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(1250, 140, 520, mix(SAGE, SAND, 0.6))
    for x, y, cover, letter, turn in (
        (330, 250, BRICK, "ب", -9),
        (400, 640, TEAL, "अ", 6),
        (1370, 260, PLUM, "文", 9),
        (1280, 650, SAFFRON, "ж", -7),
    ):
        with paper.sheet(10) as s:
            book(s, x, y, 330, 430, cover, letter, mix(cover, NIGHT, 0.2), turn)
    with paper.sheet(11) as s:
        o = s.at(850, 390, -3)
        o.rect(-270, -215, 270, 215, WHITE, 10)
        o.rect(-4, -215, 4, 215, SHADE)
        for i in range(7):
            o.rect(-240, -150 + i * 52, -30, -147 + i * 52, SKY)
            o.rect(30, -150 + i * 52, 240, -147 + i * 52, SKY)
        o.text(-135, -96, "ciao", 64, NIGHT)
        o.text(135, -96, joined("سلام"), 64, BRICK)
        o.text(-135, 62, "привет", 52, PLUM)
        o.text(135, 62, "你好", 56, TEAL)
    with paper.sheet(9) as s:
        pencil(s, 850, 740, 380, -14, BRICK)
        s.circle(1530, 560, 92, WHITE)
        s.circle(1530, 560, 76, AMBER)
        s.ring(1530, 560, 60, 6, mix(AMBER, WHITE, 0.3), 190, 320)


@picture("libri-lingue", SAND)
def libri_lingue(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(800, 470, 400, mix(SAFFRON, SAND, 0.55))
        s.rect(0, 760, 1600, 900, TEAL)
    spines = (
        (250, 96, 470, BRICK, "Я"),
        (356, 76, 400, NIGHT, "λ"),
        (442, 110, 520, TEAL, "ض"),
        (562, 84, 440, SAGE, "ሰ"),
        (656, 100, 490, PLUM, "文"),
    )
    with paper.sheet(9) as s:
        for x, width, height, fill, letter in spines:
            s.rect(x, 760 - height, x + width, 760, fill, 8)
            for y in (760 - height + 34, 760 - 52):
                s.rect(x, y, x + width, y + 9, mix(fill, SAFFRON, 0.7))
            s.text(x + width / 2, 760 - height * 0.6, letter, 70, mix(fill, WHITE, 0.85))
    stack = (
        (1120, 700, 500, 84, PLUM, "ਪੰਜਾਬੀ"),
        (1100, 616, 440, 80, SAFFRON, "italiano"),
        (1140, 536, 470, 78, TEAL, joined("العربية")),
        (1110, 458, 400, 76, BRICK, "ქართული"),
        (1130, 382, 430, 70, NIGHT, "shqip"),
    )
    for x, top, width, height, fill, word in stack:
        with paper.sheet(6) as s:
            s.rect(x - width / 2, top - 24, x + width / 2, top - 24 + height, fill, 10)
            s.rect(x + width / 2 - 26, top - 16, x + width / 2 + 4, top - 32 + height, WHITE)
            s.text(x - 20, top - 24 + height / 2, word, 40, mix(fill, WHITE, 0.88) if fill != SAFFRON else NIGHT)
    with paper.sheet(9) as s:
        b = s.at(1120, 352)
        for side in (-1, 1):
            b.polygon(
                [
                    (0, 0),
                    *curve([(0, -30), (side * 90, -74), (side * 210, -40)], closed=False),
                    (side * 210, -14),
                    (side * 90, -30),
                    (0, 0),
                ],
                WHITE if side < 0 else mix(WHITE, SHADE, 0.6),
            )
        scatter(
            s,
            "aعअ文Ж",
            ((1000, 220, 64), (1080, 140, 72), (1170, 210, 60), (1250, 120, 66), (1330, 220, 54)),
            (TEAL, BRICK, PLUM, NIGHT, BRICK),
            16,
        )


@picture("mappa-mondo", NIGHT)
def mappa_mondo(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.ellipse(800, 450, 860, 470, mix(NIGHT, TEAL, 0.55))
        for lat in (-40, -20, 0, 20, 40, 60):
            s.line([place(lon, lat) for lon in range(-170, 191, 12)], 1.6, mix(NIGHT, TEAL, 0.95))
        for lon in range(-150, 181, 30):
            s.line([place(lon, lat) for lat in range(-60, 81, 10)], 1.6, mix(NIGHT, TEAL, 0.95))
    with paper.sheet(7) as s:
        for fill, coast in LANDS:
            pairs = (pair.split() for pair in coast.split(","))
            s.polygon(curve([place(float(lon), float(lat)) for lon, lat in pairs]), fill)
    home = place(10.6, 44.7)
    with paper.sheet(4) as s:
        for lon, lat in FRIENDS:
            x, y = place(lon, lat)
            top = ((home[0] + x) / 2, (home[1] + y) / 2 - math.hypot(x - home[0], y - home[1]) * 0.2)
            s.line(curve([home, top, (x, y)], closed=False), 4, SAFFRON)
        for lon, lat in FRIENDS:
            s.circle(*place(lon, lat), 9, WHITE)
            s.circle(*place(lon, lat), 5, BRICK)
        s.star(*home, 26, WHITE)
        s.star(*home, 18, BRICK)


FRIENDS = (
    (18, 53.1),
    (5, 47.3),
    (11.4, 53.6),
    (15.2, 44.1),
    (2.8, 42),
    (-97.3, 32.7),
    (28.8, 47),
    (20.9, 44),
    (29.4, -23.9),
    (40.5, -13),
    (-67.8, -10),
    (119.5, 35.4),
    (35.2, 31.7),
    (-7.6, 33.6),
    (22.6, 51.2),
    (35.4, 46.8),
)
# Coasts as pairs of longitude and latitude, coarse as a paper cut; no borders.
LANDS = (
    (
        SAGE,
        "-166 66, -156 71, -128 70, -110 68, -95 69, -86 67, -94 60, -92 57, -80 52, -78 62, -68 59, -60 54, "
        "-56 51, -66 48, -61 46, -70 43, -75 38, -76 35, -81 31, -80 26, -83 29, -90 30, -97 27, -97 20, -91 "
        "19, -87 21, -88 16, -83 15, -83 10, -78 9, -82 8, -88 13, -95 16, -105 20, -112 28, -110 24, -115 "
        "31, -122 37, -124 46, -130 54, -142 60, -152 59, -162 56, -160 60",
    ),
    (SAGE, "-45 60, -54 66, -58 75, -40 82, -20 79, -22 71, -38 65"),
    (
        DUNE,
        "-78 8, -72 12, -62 10, -52 5, -50 0, -38 -4, -35 -8, -39 -16, -41 -22, -48 -27, -54 -34, -62 -39, "
        "-66 -46, -69 -53, -74 -50, -73 -38, -70 -20, -76 -14, -81 -5, -80 0",
    ),
    (
        CLAY,
        "-6 35.5, -10 31, -16 24, -17 15, -13 9, -8 4.6, 4 6, 9 3, 10 -2, 13 -9, 12 -17, 15 -27, 18 -34, 26 "
        "-34, 32 -28, 36 -23, 35 -19, 40 -15, 39 -6, 43 0, 51 11, 43 11.5, 38 18, 34 27, 32 31, 25 32, 20 31, "
        "15 32, 10 34, 10 37, 0 36",
    ),
    (CLAY, "44 -24, 47 -25, 50 -16, 49 -12, 44 -17"),
    (
        SAND,
        "-9 43, -9 37, -5 36, 0 39, 3 42, 8 44, 12 42, 16 38, 18 40, 13 45, 19 42, 22 37, 26 40, 36 36.5, 35 "
        "32, 39 21, 44 13, 56 18, 59 23, 54 24, 48 30, 57 26, 67 25, 73 18, 77 8, 80 15, 88 22, 94 17, 98 9, "
        "104 1.5, 101 8, 106 10, 109 14, 107 20, 116 23, 121 29, 119 35, 122 39, 126 35, 129 37, 128 41, 138 "
        "47, 140 54, 135 55, 155 59, 156 52, 163 58, 178 63, 178 68, 160 70, 140 73, 112 76, 100 77, 80 73, "
        "70 73, 67 69, 45 67, 40 65, 42 68, 30 70.5, 18 69, 6 61, 8 58, 12 56, 17 57, 18 62, 23 65.5, 22 61, "
        "29 60, 21 56, 18 54.5, 11 54, 9 57, 8 54, 2 50.5, -4 48, -1 45",
    ),
    (SAND, "-5 50, 1 51, 1 53, -2 56, -3 58.5, -6 57, -3 54"),
    (SAND, "-10 52, -6 52.5, -6 55, -9 54.5"),
    (SAND, "-22 64, -14 65, -16 66.5, -23 66"),
    (SAND, "130 32, 136 34, 141 37, 142 43, 139 40, 134 35.5"),
    (LEAF, "95 5, 104 -2, 106 -6, 100 -1"),
    (LEAF, "109 1, 115 5, 119 4, 116 -3, 111 -3"),
    (LEAF, "106 -6.5, 114 -7.5, 114 -8.6, 107 -7.6"),
    (LEAF, "120 18, 122 14, 126 7, 122 9, 119 14"),
    (LEAF, "132 -1, 141 -3, 150 -10, 141 -8, 134 -4"),
    (
        LEAF,
        "114 -22, 122 -17, 131 -12, 136 -12, 137 -16, 140 -17, 142 -11, 146 -19, 153 -26, 150 -37, 144 -38, "
        "138 -34, 131 -31, 124 -33, 116 -35",
    ),
    (LEAF, "167 -46, 171 -42, 175 -40, 173 -35, 178 -38, 174 -42, 170 -46"),
)


def place(lon: float, lat: float) -> Point:
    """A place on the map (Equal Earth: no continent is larger than it is), the Pacific at the edges."""
    a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    x = 2 * math.sqrt(3) * math.radians(lon - 10) * math.cos(theta)
    x /= 3 * (9 * d * theta**8 + 7 * c * theta**6 + 3 * b * theta**2 + a)
    y = d * theta**9 + c * theta**7 + b * theta**3 + a * theta
    return 800 + x * 286, 490 - y * 330


# In the city


@picture("citta-piazza", mix(SKY, SAND, 0.55))
def citta_piazza(paper: Paper) -> None:
    with paper.sheet(0) as s:
        sun(s, 1010, 160, 84, STRAW, DUNE)
        cloud(s, 300, 150, 240, WHITE)
    with paper.sheet(6) as s:
        s.rect(700, 120, 880, 640, DUNE)
        s.polygon([(680, 130), (700, 96), (880, 96), (900, 130)], WOOD)
        for y in (170, 330):
            for x in (745, 835):
                s.arch(x, y + 130, 50, 110, NIGHT)
            s.rect(690, y + 150, 890, y + 160, WOOD)
    with paper.sheet(7) as s:
        for x, width, height, wall, columns, arcade in (
            (-40, 300, 420, SAFFRON, 4, 3),
            (260, 240, 350, CLAY, 3, 2),
            (500, 220, 400, SAND, 3, 2),
            (860, 260, 370, SAGE, 3, 2),
            (1120, 230, 440, BRICK, 3, 2),
            (1350, 290, 380, DUNE, 4, 3),
        ):
            house(s, x, 660, width, height, wall, WOOD, columns, 2, arcade=arcade)
    with paper.sheet(5) as s:
        s.rect(0, 655, 1600, 900, STRAW)
    with paper.sheet(0) as s:
        s.polygon([(520, 900), (640, 700), (960, 700), (1080, 900)], mix(STRAW, WHITE, 0.6))
        for x, y, r in ((800, 735, 22), (800, 810, 40), (640, 840, 18), (960, 840, 18)):
            s.at(x, y).star(0, 0, r, CLAY)
    with paper.sheet(6) as s:
        figure(s, 180, 830, 250, NADIA)
        figure(s, 262, 836, 160, TEO, hands=((-0.2, 0.12), (0.16, 0.3)))
        figure(s, 480, 780, 235, GURDEEP, feet=STRIDE)
        figure(s, 700, 850, 255, CHIARA, hands=((-0.14, 0.34), (0.26, 0.1)))
        figure(s, 830, 848, 262, KOFI, hands=((-0.26, 0.1), (0.14, 0.34)))
        figure(s, 1110, 800, 235, ELENA)
        figure(s, 1330, 840, 250, FATOU)
        figure(s, 1440, 838, 258, LIN, feet=STRIDE)


@picture("municipio", mix(SKY, WHITE, 0.25))
def municipio(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(800, 520, 560, mix(SKY, WHITE, 0.6))
        cloud(s, 250, 190, 220, WHITE)
        cloud(s, 1390, 260, 200, WHITE)
    with paper.sheet(6) as s:
        s.rect(1130, 110, 1280, 700, CLAY)
        for i in range(5):
            s.rect(1122 + i * 36, 78, 1144 + i * 36, 120, CLAY)
        s.arch(1205, 260, 60, 100, NIGHT)
        house(s, -60, 700, 330, 360, SAGE, WOOD, 4, 2, arcade=3)
        house(s, 1330, 700, 330, 400, BRICK, WOOD, 4, 2, arcade=3)
    with paper.sheet(9) as s:
        house(s, 270, 720, 1020, 440, DUNE, None, 9, 1, arcade=9)
        s.rect(250, 270, 1310, 292, WOOD)
        s.polygon([(610, 282), (650, 190), (910, 190), (950, 282)], SAND)
        s.polygon([(590, 200), (780, 130), (970, 200)], BRICK)
        s.circle(780, 240, 44, WHITE)
        s.ring(780, 240, 44, 7, WOOD)
        s.line([(780, 240), (780, 212)], 6, NIGHT)
        s.line([(780, 240), (800, 250)], 6, NIGHT)
        s.arch(780, 494, 84, 150, mix(DUNE, NIGHT, 0.62))
        s.rect(640, 492, 920, 512, WHITE)
        for i in range(12):
            s.rect(648 + i * 24, 452, 655 + i * 24, 494, WHITE)
        s.rect(640, 446, 920, 456, WHITE)
    with paper.sheet(5) as s:
        s.rect(0, 712, 1600, 900, STRAW)
    with paper.sheet(0) as s:
        for i in range(17):
            s.star(i * 100, 860, 34, DUNE)
    with paper.sheet(6) as s:
        figure(s, 430, 830, 215, SAMIRA)
        figure(s, 530, 834, 220, OMAR, hands=((-0.27, 0.08), (0.14, 0.34)))
        figure(s, 1040, 826, 220, AGOSTINO, feet=STRIDE)
        figure(s, 1160, 832, 140, AWA)


@picture("due-citta", mix(DUNE, SAND, 0.35))
def due_citta(paper: Paper) -> None:
    with paper.sheet(0) as s:
        sun(s, 800, 330, 150, mix(SAFFRON, SAND, 0.2), STRAW)
    with paper.sheet(6) as s:
        for x, width, height, wall in ((-30, 170, 330, CLAY), (140, 130, 260, SAND), (420, 150, 280, SAGE)):
            house(s, x, 690, width, height, wall, WOOD, 2, 3)
        s.rect(280, 240, 400, 690, BRICK)
        s.polygon([(264, 250), (340, 130), (416, 250)], WOOD)
        s.arch(340, 360, 50, 80, NIGHT)
        s.circle(340, 440, 30, SAND)
        for x, width, height, wall in ((1040, 150, 250, WHITE), (1190, 140, 330, SAND), (1480, 150, 270, SKY)):
            s.rect(x, 690 - height, x + width, 690, wall)
            for i in range(5):
                s.rect(x + i * width / 5 + 4, 690 - height - 18, x + i * width / 5 + width / 5 - 6, 690 - height, wall)
            for row in range(2):
                for column in range(2):
                    s.arch(x + width * (0.3 + 0.4 * column), 690 - height + 90 + row * 100, 32, 52, TEAL)
        s.rect(1340, 230, 1440, 690, DUNE)
        s.rect(1330, 220, 1450, 240, TEAL)
        s.rect(1366, 150, 1414, 222, DUNE)
        s.polygon([(1356, 152), (1390, 100), (1424, 152)], TEAL)
        s.star(1390, 320, 34, TEAL)
        s.star(1390, 420, 34, TEAL)
        s.arch(1390, 600, 46, 90, NIGHT)
    with paper.sheet(7) as s:
        s.rect(-10, 680, 600, 760, MOSS)
        s.rect(1000, 680, 1610, 760, MOSS)
    with paper.sheet(4) as s:
        s.rect(0, 740, 1600, 900, TEAL)
        for x, y, w in ((150, 790, 200), (460, 830, 260), (800, 780, 180), (1080, 840, 260), (1400, 800, 200)):
            s.rect(x - w / 2, y, x + w / 2, y + 10, mix(TEAL, SKY, 0.4), 5)
    with paper.sheet(7) as s:
        road = curve([(470, 690), (620, 610), (800, 580), (980, 610), (1130, 690)], closed=False)
        s.polygon([*road, *[(x, y + 34) for x, y in reversed(road)]], WHITE)
        for x in (620, 740, 860, 980):
            s.rect(x - 9, 612, x + 9, 770, WHITE)
        figure(s, 700, 600, 150, CHIARA, hands=((-0.14, 0.34), (0.26, 0.1)))
        figure(s, 790, 592, 154, OMAR, hands=((-0.26, 0.1), (0.14, 0.34)))
        figure(s, 920, 606, 145, FATOU)


@picture("sportello", mix(SAGE, SAND, 0.6))
def sportello(paper: Paper) -> None:
    with paper.sheet(0) as s:
        lattice(s, (0, 20, 1600, 900), 70, mix(SAGE, SAND, 0.48))
    with paper.sheet(9) as s:
        s.rect(230, 90, 1370, 700, TEAL, 26)
        s.rect(270, 130, 1330, 700, SAND, 12)
    with paper.sheet(7) as s:
        bubble(s, 640, 260, 140, 92, SAFFRON, (560, 400))
        bubble(s, 960, 300, 140, 92, BRICK, (1050, 430))
        s.text(640, 260, "ciao", 72, NIGHT)
        s.text(960, 302, joined("أهلا"), 80, SAND)
    with paper.sheet(6) as s:
        bust(s, 480, 520, 240, ELENA)
        bust(s, 1120, 530, 240, KOFI)
        plant(s, 330, 690, 230, BRICK)
    with paper.sheet(8) as s:
        s.rect(150, 670, 1450, 730, mix(WOOD, SAFFRON, 0.3), 10)
        s.rect(190, 730, 1410, 900, WOOD)
        for i in range(11):
            s.star(300 + i * 100, 815, 46, mix(WOOD, SAFFRON, 0.3))
    with paper.sheet(5) as s:
        s.polygon([(740, 672), (770, 640), (900, 640), (880, 672)], WHITE)
        pencil(s, 850, 640, 110, -22, BRICK)
        s.polygon([(1270, 672), (1240, 600), (1330, 600), (1300, 672)], SKY)


@picture("porta-aperta", TEAL)
def porta_aperta(paper: Paper) -> None:
    with paper.sheet(0) as s:
        lattice(s, (0, -20, 1600, 760), 80, mix(TEAL, NIGHT, 0.28), 4)
        s.rect(0, 730, 1600, 900, NIGHT)
    with paper.sheet(8) as s:
        s.arch(800, 732, 560, 680, BRICK)
        s.arch(800, 732, 490, 640, SAFFRON)
        s.arch(800, 732, 430, 606, STRAW)
    with paper.sheet(0) as s:
        s.polygon([(585, 732), (1015, 732), (1260, 900), (340, 900)], DUNE)
        sun(s, 800, 330, 90, SAFFRON, WHITE)
        s.polygon(
            [*curve([(585, 600), (700, 560), (860, 610), (1015, 570)], closed=False), (1015, 732), (585, 732)], SAGE
        )
    with paper.sheet(6) as s:
        tree(s, 680, 660, 150)
        poplar(s, 940, 650, 180)
    with paper.sheet(10) as s:
        s.polygon([(1015, 300), (1220, 220), (1220, 830), (1015, 732)], WOOD)
        for y0, y1, y2, y3 in ((330, 276, 470, 480), (510, 522, 690, 770)):
            s.polygon([(1050, y0), (1185, y1), (1185, y3), (1050, y2)], mix(WOOD, SAFFRON, 0.25))
        s.circle(1046, 520, 12, SAFFRON)
    with paper.sheet(7) as s:
        figure(s, 730, 830, 300, SAMIRA, back=True)
        figure(s, 850, 838, 190, TEO, back=True, hands=((-0.24, 0.05), (0.14, 0.34)))
        figure(s, 440, 850, 320, AGOSTINO, hands=((-0.14, 0.34), (0.3, -0.08)))


@picture("ponte", mix(SKY, WHITE, 0.15))
def ponte(paper: Paper) -> None:
    """The white bridges at the motorway: one great arch between two pylons like harps."""
    with paper.sheet(0) as s:
        s.circle(1230, 300, 190, STRAW)
        hill(s, (560, 520, 570, 500, 540, 590), mix(SKY, TEAL, 0.3))
    with paper.sheet(5) as s:
        hill(s, (640, 600, 620, 650, 610, 620), SAGE)
        for x in (60, 150, 1380, 1460, 1550):
            poplar(s, x, 660, 130)
    deck = [(-20, 690), (400, 668), (800, 660), (1200, 668), (1620, 690)]
    with paper.sheet(4) as s:
        for i in range(25):
            t = (i + 1) / 26
            foot = mix_points((330, 672), (1270, 672), t)
            s.line([foot, (330 + 940 * t, 660 - 500 * 4 * t * (1 - t))], 3.4, WHITE)
        for x, side in ((130, 1), (1470, -1)):
            for i in range(9):
                s.line([(x, 300 + i * 12), (x + side * (44 + i * 20), 684 - i)], 2.8, WHITE)
                s.line([(x, 300 + i * 12), (x - side * (44 + i * 20), 690)], 2.8, WHITE)
    with paper.sheet(8) as s:
        outer = [(330 + 940 * t, 660 - 520 * 4 * t * (1 - t)) for t in (i / 60 for i in range(61))]
        s.line(outer, 27, WHITE)
        s.line([(x, y + 6) for x, y in outer[4:-4]], 7, SHADE)
        for x in (130, 1470):
            s.line([(x - 46, 720), (x, 280), (x + 46, 720)], 17, WHITE)
        s.polygon([*curve(deck, closed=False), *[(x, y + 34) for x, y in reversed(curve(deck, closed=False))]], WHITE)
        s.line([(x, y + 30) for x, y in curve(deck, closed=False)], 9, SHADE)
        for x in (350, 1250):
            s.polygon([(x - 40, 690), (x + 40, 690), (x + 18, 800), (x - 18, 800)], SHADE)
    with paper.sheet(6) as s:
        hill(s, (800, 770, 785, 790, 765, 800), MOSS)
        hill(s, (860, 850, 830, 850, 860, 840), TEAL)
    with paper.sheet(3) as s:
        for x, fill in ((520, BRICK), (690, SAFFRON), (1000, TEAL)):
            s.rect(x, 640, x + 70, 662, fill, 8)
            s.rect(x + 14, 626, x + 54, 646, fill, 8)
            s.circle(x + 16, 664, 8, NIGHT)
            s.circle(x + 54, 664, 8, NIGHT)


@picture("torino", mix(CLAY, SAND, 0.45))
def torino(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(800, 420, 350, mix(SAFFRON, SAND, 0.4))
    with paper.sheet(5) as s:
        peaks = [
            (-20, 520),
            (120, 400),
            (230, 470),
            (380, 300),
            (500, 430),
            (640, 350),
            (800, 450),
            (960, 330),
            (1100, 440),
            (1240, 290),
            (1380, 420),
            (1500, 350),
            (1640, 470),
        ]
        s.polygon([*peaks, (1640, 900), (-20, 900)], mix(SKY, PLUM, 0.2))
        for x, y in peaks[1:-1]:
            if y < 360:
                s.polygon([(x, y), (x + 52, y + 56), (x + 16, y + 44), (x - 8, y + 66), (x - 48, y + 56)], WHITE)
    with paper.sheet(5) as s:
        for i, height in enumerate((150, 190, 130, 170, 210, 150, 180, 140, 200, 160, 190, 150)):
            house(s, i * 140 - 40, 720, 144, height, (CLAY, SAND, DUNE, SAGE)[i % 4], WOOD, 3, 2)
    with paper.sheet(9) as s:
        s.rect(650, 520, 950, 720, NIGHT)
        s.rect(630, 500, 970, 526, NIGHT)
        for i in range(7):
            s.arch(680 + i * 40, 690, 22, 120, DUNE)
        dome = [
            (660, 502),
            *curve([(660, 500), (672, 420), (718, 330), (770, 268)], closed=False),
            *curve([(830, 268), (882, 330), (928, 420), (940, 500)], closed=False),
            (940, 502),
        ]
        s.polygon(dome, NIGHT)
        for t in (-0.72, -0.36, 0, 0.36, 0.72):
            s.line(
                curve([(800 + t * 136, 498), (800 + t * 118, 400), (800 + t * 30, 268)], closed=False),
                4,
                mix(NIGHT, SKY, 0.35),
            )
        s.rect(762, 214, 838, 272, NIGHT)
        for x in (780, 800, 820):
            s.rect(x - 4, 222, x + 4, 264, DUNE)
        s.rect(752, 208, 848, 218, NIGHT)
        s.polygon([(774, 210), (826, 210), (812, 150), (788, 150)], NIGHT)
        s.polygon([(786, 152), (814, 152), (800, 44)], NIGHT)
        s.star(800, 44, 15, SAFFRON)
    with paper.sheet(6) as s:
        hill(s, (720, 712, 716, 722, 714, 720), MOSS)
        hill(s, (780, 772, 790, 778, 786, 780), TEAL)
        for x, y, w in ((260, 830, 220), (640, 860, 260), (1080, 826, 300), (1420, 866, 200)):
            s.rect(x - w / 2, y, x + w / 2, y + 9, mix(TEAL, SKY, 0.4), 4)


@picture("lublino", mix(SKY, SAND, 0.25))
def lublino(paper: Paper) -> None:
    """The old town's brick gate with its copper helmet."""
    with paper.sheet(0) as s:
        s.circle(800, 430, 400, mix(SAND, WHITE, 0.3))
    with paper.sheet(6) as s:
        for x, width, height, wall in (
            (-30, 170, 380, SAFFRON),
            (140, 150, 330, SAGE),
            (290, 170, 400, SAND),
            (460, 150, 340, CLAY),
            (1000, 160, 350, DUNE),
            (1160, 150, 410, TEAL),
            (1310, 160, 340, SAND),
            (1470, 170, 380, PLUM),
        ):
            top = 740 - height
            house(s, x, 740, width, height, wall, None, 3, 3, mix(NIGHT, TEAL, 0.3))
            s.polygon(
                [
                    (x, top + 2),
                    (x + width * 0.12, top - 30),
                    (x + width * 0.32, top - 36),
                    (x + width * 0.5, top - 84),
                    (x + width * 0.68, top - 36),
                    (x + width * 0.88, top - 30),
                    (x + width, top + 2),
                ],
                wall,
            )
            s.circle(x + width / 2, top - 30, 11, mix(wall, NIGHT, 0.35))
    copper = mix(SAGE, TEAL, 0.35)
    with paper.sheet(10) as s:
        s.rect(640, 420, 960, 760, BRICK)
        s.rect(672, 250, 928, 430, mix(BRICK, NIGHT, 0.12))
        s.rect(626, 408, 974, 432, SAND)
        s.polygon([(690, 252), (910, 252), (880, 176), (720, 176)], copper)
        s.rect(728, 120, 872, 184, SAND)
        for x in (756, 800, 844):
            s.arch(x, 178, 24, 44, NIGHT)
        s.blob([(720, 124), (734, 84), (784, 62), (816, 62), (866, 84), (880, 124)], copper)
        s.line([(800, 70), (800, 14)], 9, copper, 3)
        s.star(800, 22, 13, SAFFRON)
        s.circle(800, 330, 50, SAND)
        s.ring(800, 330, 50, 7, WOOD)
        s.line([(800, 330), (800, 296)], 6, NIGHT)
        s.line([(800, 330), (822, 340)], 6, NIGHT)
        for x in (700, 900):
            s.arch(x, 530, 42, 84, NIGHT)
            s.arch(x, 370, 32, 70, NIGHT)
        for row in range(7):
            for column in range(5):
                s.rect(
                    658 + column * 58 + (row % 2) * 24,
                    450 + row * 44,
                    684 + column * 58 + (row % 2) * 24,
                    455 + row * 44,
                    mix(BRICK, SAND, 0.22),
                )
        s.polygon(
            [
                (700, 762),
                (700, 640),
                *curve([(700, 640), (730, 570), (800, 520)], closed=False),
                *curve([(800, 520), (870, 570), (900, 640)], closed=False),
                (900, 762),
            ],
            SAND,
        )
        s.polygon(
            [
                (722, 762),
                (722, 646),
                *curve([(722, 646), (748, 590), (800, 548)], closed=False),
                *curve([(800, 548), (852, 590), (878, 646)], closed=False),
                (878, 762),
            ],
            NIGHT,
        )
        s.circle(800, 700, 60, DUNE)
        s.rect(740, 700, 860, 762, DUNE)
    with paper.sheet(5) as s:
        s.rect(0, 738, 1600, 900, STRAW)
    with paper.sheet(0) as s:
        for row in range(4):
            for column in range(26):
                s.rect(
                    column * 66 + (row % 2) * 33 - 20,
                    760 + row * 38,
                    column * 66 + (row % 2) * 33 + 24,
                    776 + row * 38,
                    mix(STRAW, CLAY, 0.28),
                    8,
                )
    with paper.sheet(6) as s:
        figure(s, 520, 830, 190, PRIYA)
        figure(s, 600, 834, 196, LUCA, hands=((-0.26, 0.1), (0.14, 0.34)))
        figure(s, 1080, 826, 190, GURDEEP, feet=STRIDE)


@picture("tricolore", mix(SAND, WHITE, 0.3))
def tricolore(paper: Paper) -> None:
    """The oval hall with its tiers of boxes, where the green, white and red cloth was first chosen in 1797."""
    with paper.sheet(0) as s:
        s.rect(0, 620, 1600, 900, mix(WOOD, SAFFRON, 0.25))
        for i in range(17):
            s.polygon(
                [
                    (800 + (i - 8) * 90, 620),
                    (800 + (i - 8) * 90 + 6, 620),
                    (800 + (i - 8) * 210 + 12, 900),
                    (800 + (i - 8) * 210, 900),
                ],
                mix(WOOD, SAFFRON, 0.12),
            )
    with paper.sheet(0) as s:
        s.rect(0, 560, 1600, 628, mix(DUNE, BRICK, 0.55))
    with paper.sheet(6) as s:
        for tier, y in enumerate((60, 230, 400)):
            for i in range(15):
                x = 40 + i * 108.6
                sink = 46 * (1 - ((x - 800) / 800) ** 2)
                s.arch(x, y + 140 + sink, 76, 118, mix(DUNE, BRICK, 0.2 + tier * 0.22))
                s.arch(x, y + 140 + sink, 56, 98, mix(PLUM, NIGHT, 0.4))
    with paper.sheet(5) as s:
        for y in (60, 230, 400):
            rail = [(x, y + 128 + 46 * (1 - ((x - 800) / 800) ** 2)) for x in range(-20, 1660, 40)]
            s.polygon([*rail, *[(x, v + 42) for x, v in reversed(rail)]], WHITE)
            s.line([(x, v + 8) for x, v in rail], 6, SAFFRON)
        for i in range(16):
            x = -14 + i * 108.6
            s.rect(x - 7, 0, x + 7, 628, SAND)
    with paper.sheet(12) as s:
        s.line([(570, 96), (1030, 96)], 17, SAFFRON)
        s.circle(566, 96, 17, SAFFRON)
        s.circle(1034, 96, 17, SAFFRON)
        for i, fill in enumerate((rgb("#1F7A4D"), WHITE, rgb("#C0392F"))):
            left = 595 + i * 136.7
            s.polygon(
                [
                    (left, 100),
                    (left + 137, 100),
                    *curve(
                        [(left + 137, 600 - abs(i - 0.5) * 6), (left + 68, 616), (left, 600 - abs(i - 1.5) * 6)],
                        closed=False,
                    ),
                ],
                fill,
            )
    with paper.sheet(7) as s:
        for row, y in enumerate((790, 880)):
            for i in range(8 - row):
                bust(s, 130 + row * 96 + i * 192, y, 120, CAST[(i * 4 + row * 7 + 1) % len(CAST)], back=True)


@picture("treno", mix(STRAW, SAND, 0.3))
def treno(paper: Paper) -> None:
    with paper.sheet(0) as s:
        sun(s, 330, 270, 130, SAFFRON, DUNE)
        cloud(s, 900, 150, 260, WHITE)
    with paper.sheet(6) as s:
        hill(s, (470, 400, 460, 340, 420, 470), CLAY)
    with paper.sheet(6) as s:
        hill(s, (560, 520, 500, 560, 510, 540), SAGE)
        for x, y in ((160, 560), (230, 555), (1240, 545), (1320, 540)):
            poplar(s, x, y, 150)
    with paper.sheet(9) as s:
        s.polygon(
            [
                (60, 720),
                (60, 470),
                (1280, 470),
                *curve([(1280, 470), (1400, 490), (1490, 570), (1550, 690)], closed=False),
                (1550, 720),
            ],
            TEAL,
        )
        s.polygon([(60, 690), (60, 656), (1520, 656), (1538, 690)], SAFFRON)
        s.polygon(
            [(1330, 520), *curve([(1390, 522), (1440, 560), (1474, 606)], closed=False), (1330, 606)],
            mix(NIGHT, SKY, 0.2),
        )
        for i in range(5):
            x = 110 + i * 240
            s.rect(x, 510, x + 170, 620, SAND, 18)
        s.rect(40, 716, 1560, 740, NIGHT, 8)
    for i, look in enumerate((FATOU, LUCA, SAMIRA, GURDEEP, LIN)):
        with paper.sheet(0, clip=box(110 + i * 240, 510, 280 + i * 240, 620, 18)) as s:
            bust(s, 195 + i * 240, 600, 100, look)
    with paper.sheet(6) as s:
        for x in (180, 260, 560, 640, 960, 1040, 1300, 1380):
            s.circle(x, 742, 30, NIGHT)
            s.circle(x, 742, 12, SHADE)
        s.rect(0, 770, 1600, 784, WOOD)
        for i in range(20):
            s.rect(i * 84 + 10, 784, i * 84 + 60, 800, WOOD)
    with paper.sheet(5) as s:
        hill(s, (820, 812, 822, 806, 818, 810), MOSS)


@picture("scuola", mix(SKY, WHITE, 0.3))
def scuola(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(300, 240, 110, STRAW)
        hill(s, (640, 600, 620, 590, 640, 600), mix(SAGE, WHITE, 0.2))
    with paper.sheet(8) as s:
        house(s, 430, 720, 760, 340, DUNE, None, 7, 2)
        s.rect(410, 366, 1210, 390, BRICK)
        s.rect(690, 300, 930, 720, SAND)
        s.polygon([(660, 306), (810, 190), (960, 306)], BRICK)
        s.circle(810, 270, 30, SAND)
        s.arch(810, 720, 120, 190, TEAL)
        s.rect(807, 560, 813, 720, SAND)
    with paper.sheet(5) as s:
        for i, letter in enumerate("aعЖ"):
            s.rect(708 + i * 70, 330, 768 + i * 70, 390, (SAFFRON, PLUM, SAGE)[i], 8)
            s.text(738 + i * 70, 360, letter, 40, (NIGHT, SAND, NIGHT)[i])
        for i in range(7):
            s.rect(730 + i * 26, 460, 742 + i * 26, 500, BRICK)
    with paper.sheet(6) as s:
        s.rect(0, 712, 1600, 900, SAGE)
        s.polygon([(730, 712), (890, 712), (1150, 900), (470, 900)], STRAW)
        tree(s, 230, 740, 420)
        tree(s, 1390, 745, 380, SAGE)
    with paper.sheet(6) as s:
        for x, y, look, height in (
            (500, 850, AWA, 210),
            (640, 810, TEO, 195),
            (1000, 830, LIN, 215),
            (1130, 860, GURDEEP, 225),
        ):
            figure(s, x, y, height, replace(look, child=True), feet=STRIDE, back=look in (TEO, LIN))
            if look in (TEO, LIN):
                s.rect(x - 34, y - 150, x + 34, y - 84, BRICK if look == TEO else SAFFRON, 14)
                s.rect(x - 22, y - 116, x + 22, y - 92, mix(BRICK, NIGHT, 0.3) if look == TEO else DUNE, 6)
        figure(s, 330, 860, 310, NADIA, hands=((-0.14, 0.34), (0.28, -0.14)))


@picture("aula-arabo", mix(SAND, SAGE, 0.2))
def aula_arabo(paper: Paper) -> None:
    with paper.sheet(0) as s:
        lattice(s, (0, 40, 1600, 620), 80, mix(SAND, SAGE, 0.34))
        s.rect(0, 640, 1600, 900, CLAY)
    with paper.sheet(10) as s:
        s.rect(330, 80, 1110, 540, WOOD, 14)
        s.rect(354, 104, 1086, 516, TEAL, 4)
    with paper.sheet(0) as s:
        for i, letter in enumerate("ابتثجح"):
            s.text(1010 - i * 116, 210, letter, 108, SAND, script="kufi")
        s.rect(400, 312, 1040, 317, mix(TEAL, SKY, 0.5))
        s.text(720, 412, joined("أهلا وسهلا"), 110, SAFFRON)
    with paper.sheet(8) as s:
        s.arch(1360, 540, 260, 420, WHITE)
        s.arch(1360, 520, 216, 380, SKY)
        s.circle(1400, 300, 40, STRAW)
        s.rect(1352, 130, 1368, 530, WHITE)
        s.rect(1240, 330, 1480, 344, WHITE)
        s.rect(90, 250, 270, 266, WOOD)
        for x, height, fill in (
            (104, 90, BRICK),
            (134, 110, PLUM),
            (168, 80, SAFFRON),
            (200, 104, NIGHT),
            (232, 86, MOSS),
        ):
            s.rect(x, 250 - height, x + 26, 250, fill)
        s.rect(90, 450, 270, 466, WOOD)
        plant(s, 180, 450, 150, BRICK)
    with paper.sheet(7) as s:
        figure(s, 1190, 760, 480, replace(SAMIRA, cloth=PLUM, legs=PLUM), hands=((-0.3, -0.14), (0.14, 0.34)))
    with paper.sheet(8) as s:
        for x, look in ((170, KOFI), (480, CHIARA), (790, GURDEEP), (1090, TEO), (1400, ELENA)):
            bust(s, x, 770, 190, look, back=True)
        s.line([(560, 900), (650, 760), (640, 640)], 44, mix(TEAL, NIGHT, 0.13), 36)
        s.circle(640, 620, 25, PORCELAIN)


@picture("biblioteca", mix(SAND, DUNE, 0.35))
def biblioteca(paper: Paper) -> None:
    chance = random.Random(3)
    with paper.sheet(8) as s:
        for left, right in ((60, 560), (1040, 1540)):
            s.rect(left - 20, 60, right + 20, 800, WOOD, 8)
            for row in range(4):
                top = 84 + row * 176
                s.rect(left, top, right, top + 156, mix(WOOD, NIGHT, 0.5))
                x = left + 8.0
                while x < right - 44:
                    width, height = chance.choice((24, 30, 38)), chance.randint(96, 142)
                    fill = chance.choice((TEAL, SAFFRON, BRICK, SAGE, SAND, SKY, CLAY, PLUM))
                    s.rect(x, top + 156 - height, x + width, top + 156, fill, 3)
                    s.rect(x, top + 170 - height, x + width, top + 178 - height, mix(fill, NIGHT, 0.3))
                    if width == 38:
                        s.text(
                            x + 19,
                            top + 156 - height * 0.45,
                            chance.choice(LETTERS),
                            26,
                            mix(fill, NIGHT, 0.75) if fill in (SAFFRON, SAGE, SAND, SKY, CLAY) else SAND,
                        )
                    x += width + (3 if chance.random() < 0.86 else 40)
    with paper.sheet(7) as s:
        s.arch(800, 560, 320, 470, WHITE)
        s.arch(800, 540, 276, 430, SKY)
    with paper.sheet(0, clip=arch_points(800, 540, 276, 430)) as s:
        sun(s, 850, 260, 60)
        tree(s, 730, 560, 220)
        s.rect(600, 500, 1000, 560, SAGE)
    with paper.sheet(5) as s:
        s.rect(794, 110, 806, 540, WHITE)
        s.rect(660, 340, 940, 352, WHITE)
        s.rect(0, 796, 1600, 900, TEAL)
        s.ellipse(800, 850, 400, 40, mix(TEAL, SAFFRON, 0.5))
    with paper.sheet(8) as s:
        s.rect(400, 690, 1200, 726, mix(WOOD, SAFFRON, 0.35), 10)
        for x in (450, 1150):
            s.rect(x - 14, 720, x + 14, 860, WOOD)
    with paper.sheet(6) as s:
        for x, look in ((560, AWA), (800, AGOSTINO), (1040, SAMIRA)):
            bust(s, x, 590, 150, look, depth=0.68)
    with paper.sheet(6) as s:
        for x, fill in ((560, BRICK), (800, SAFFRON), (1040, PLUM)):
            s.polygon([(x - 70, 640), (x, 656), (x + 70, 640), (x + 70, 690), (x, 702), (x - 70, 690)], fill)
            s.polygon([(x - 70, 640), (x, 656), (x, 702), (x - 70, 690)], mix(fill, WHITE, 0.2))


# Nature and travel


@picture("parco-paulonie", mix(SKY, WHITE, 0.45))
def parco_paulonie(paper: Paper) -> None:
    """Paulownias: heart-shaped leaves, violet bells in upright panicles; the zellige bench below."""
    with paper.sheet(0) as s:
        s.circle(1260, 210, 110, STRAW)
        hill(s, (590, 540, 570, 530, 580, 550), mix(SAGE, WHITE, 0.35))
    with paper.sheet(5) as s:
        hill(s, (660, 640, 655, 630, 660, 650), SAGE)
        for x, y, size in ((700, 650, 0.5), (1010, 640, 0.46)):
            paulownia(s.at(x, y, scale=size), 5)
    with paper.sheet(7) as s:
        hill(s, (770, 750, 740, 745, 755, 760), LEAF)
        s.polygon(
            [
                *curve([(640, 900), (760, 830), (720, 780), (800, 745)], closed=False),
                *curve([(850, 745), (830, 790), (960, 840), (1000, 900)], closed=False),
            ],
            STRAW,
        )
    with paper.sheet(7) as s:
        paulownia(s.at(330, 800), 11)
        paulownia(s.at(1330, 790, scale=0.86, flip=True), 17)
    with paper.sheet(7) as s:
        s.rect(520, 700, 780, 724, SAND, 8)
        s.rect(540, 722, 760, 790, TEAL)
        for i in range(5):
            s.star(562 + i * 44, 756, 21, (SAFFRON, SAND)[i % 2])
        figure(s, 1010, 850, 230, PRIYA, hands=((-0.24, 0.1), (0.14, 0.34)))
        figure(s, 915, 856, 150, replace(AWA, child=True), hands=((-0.2, -0.2), (0.26, 0.02)))


def paulownia(s: Sheet, seed: int) -> None:
    chance = random.Random(seed)
    bark = mix(WOOD, SAND, 0.15)
    s.line(curve([(0, 0), (-8, -150), (4, -300)], closed=False), 52, bark, 30)
    branches = ((-210, -400), (-110, -520), (20, -590), (140, -520), (220, -380))
    for x, y in branches:
        s.line(curve([(0, -250), (x * 0.4, -310 + y * 0.1), (x, y)], closed=False), 24, bark, 8)
    crown = (*branches, *branches, (-160, -440), (-60, -470), (70, -470), (170, -430), (-30, -400), (40, -420))
    spots = [(x + chance.uniform(-78, 78), y + chance.uniform(-60, 90), chance.uniform(70, 100)) for x, y in crown * 5]
    spots.sort(key=lambda spot: spot[1])
    for i, (x, y, size) in enumerate(spots):
        heart(
            s,
            x,
            y,
            size,
            chance.uniform(-40, 40),
            mix((LEAF, SAGE, MOSS)[i % 3], WHITE, 0.06),
            mix(MOSS, NIGHT, 0.2) if i % 3 else mix(LEAF, WHITE, 0.4),
        )
    for x, y in (*branches, (-150, -450), (80, -540), (-40, -560), (180, -440)):
        px, py = x + chance.uniform(-26, 26), y - chance.uniform(20, 60)
        s.line([(px, py + 50), (px, py - 96)], 5, bark)
        for level in range(5):
            for side in (-1, 0, 1):
                reach = side * (31 - level * 6)
                bx, by = px + reach, py + 26 - level * 29 + abs(side) * 8
                fill = (VIOLET, LILAC, mix(VIOLET, PLUM, 0.35))[(level + side) % 3]
                s.polygon(
                    [
                        (bx - 5, by - 12),
                        (bx + 5, by - 12),
                        (bx + 14, by + 14),
                        (bx + 5, by + 9),
                        (bx, by + 15),
                        (bx - 5, by + 9),
                        (bx - 14, by + 14),
                    ],
                    fill,
                )


@picture("deserto", mix(SAFFRON, SAND, 0.5))
def deserto(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(1130, 300, 250, mix(SAFFRON, SAND, 0.3))
        sun(s, 1130, 300, 150, BRICK, CLAY)
    with paper.sheet(7) as s:
        hill(s, (520, 450, 560, 470, 400, 520), mix(DUNE, CLAY, 0.6))
    with paper.sheet(7) as s:
        hill(s, (560, 640, 540, 590, 640, 540), DUNE)
        s.polygon(
            [
                *curve([(1100, 585), (1240, 610), (1340, 640), (1420, 600)], closed=False),
                *curve([(1420, 605), (1380, 680), (1240, 660), (1100, 590)], closed=False),
            ],
            mix(DUNE, BRICK, 0.3),
        )
    with paper.sheet(8) as s:
        for x, y, width, fill in (
            (1010, 680, 250, mix(SAGE, SAND, 0.4)),
            (690, 715, 330, WHITE),
            (330, 760, 430, SAND),
        ):
            tent(s, x, y, width, fill)
    with paper.sheet(8) as s:
        hill(s, (770, 760, 800, 770, 720, 760), mix(SAFFRON, SAND, 0.2))
    with paper.sheet(8) as s:
        figure(s, 1180, 810, 210, NADIA)
        figure(s, 1262, 814, 140, replace(TEO, child=True), hands=((-0.22, 0.04), (0.16, 0.3)))
        figure(s, 1370, 800, 215, replace(OMAR, cloth=SKY, legs=SKY, dress=True))
        hill(s, (840, 870, 850, 880, 860, 830), mix(CLAY, BRICK, 0.25))


def tent(s: Sheet, x: float, y: float, width: float, fill: Colour) -> None:
    """A wide tent on poles, like those of the Saharawi families."""
    w = width / 2
    for side in (-1, 1):
        s.line([(x + side * w, y - width * 0.16), (x + side * w * 1.36, y + 4)], 4, WOOD)
    s.polygon(
        [
            (x - w, y),
            (x - w, y - width * 0.16),
            *curve([(x - w, y - width * 0.17), (x - w * 0.5, y - width * 0.27), (x, y - width * 0.46)], closed=False),
            *curve([(x, y - width * 0.46), (x + w * 0.5, y - width * 0.27), (x + w, y - width * 0.17)], closed=False),
            (x + w, y),
        ],
        fill,
    )
    s.polygon(
        [
            (x, y - width * 0.46),
            *curve([(x, y - width * 0.46), (x + w * 0.5, y - width * 0.27), (x + w, y - width * 0.17)], closed=False),
            (x + w, y),
            (x + w * 0.28, y),
        ],
        mix(fill, NIGHT, 0.14),
    )
    s.polygon([(x - w * 0.05, y - width * 0.26), (x + w * 0.22, y), (x - w * 0.4, y)], mix(BRICK, NIGHT, 0.5))
    s.polygon(
        [
            (x - w, y - width * 0.1),
            (x - w * 0.42, y - width * 0.1),
            (x - w * 0.4, y - width * 0.06),
            (x - w, y - width * 0.06),
        ],
        BRICK,
    )
    s.line([(x, y - width * 0.46), (x, y - width * 0.52)], 6, WOOD)


@picture("costa", mix(STRAW, SAND, 0.4))
def costa(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(560, 400, 200, DUNE)
        sun(s, 560, 400, 140, SAFFRON, STRAW)
    for y, fill in ((430, SKY), (500, mix(SKY, TEAL, 0.3)), (570, mix(SKY, TEAL, 0.6)), (640, TEAL)):
        with paper.sheet(5) as s:
            waves = curve([(-40 + i * 80, y + (10 if i % 2 else -8)) for i in range(22)], closed=False)
            s.polygon([*waves, (1700, 960), (-40, 960)], fill)
    with paper.sheet(7) as s:
        s.polygon([(660, 560), (930, 560), (896, 604), (704, 604)], WOOD)
        s.line([(780, 560), (800, 300)], 8, WOOD)
        s.polygon([(812, 290), *curve([(812, 290), (880, 410), (930, 540)], closed=False), (720, 540)], WHITE)
        s.polygon([(812, 290), (720, 540), (760, 540)], SHADE)
    with paper.sheet(8) as s:
        s.polygon(
            [
                *curve(
                    [(1700, 560), (1420, 620), (1180, 700), (900, 790), (560, 830), (200, 850), (-60, 900)],
                    closed=False,
                ),
                (-60, 960),
                (1700, 960),
            ],
            STRAW,
        )
        s.polygon(
            [*curve([(1700, 680), (1400, 740), (1100, 830), (700, 890)], closed=False), (700, 960), (1700, 960)], DUNE
        )
    with paper.sheet(8) as s:
        palm(s, 1300, 780, 480, -110)
        palm(s, 1490, 750, 400, 30, LEAF)
    with paper.sheet(6) as s:
        figure(s, 1050, 840, 190, replace(FATOU, legs=BRICK))
        figure(s, 1130, 846, 195, KOFI, hands=((-0.26, 0.1), (0.14, 0.34)))
        s.polygon([(350, 858), (620, 838), (580, 880), (400, 886)], BRICK)
        s.polygon([(350, 858), (620, 838), (610, 850), (362, 868)], SAFFRON)


@picture("fiume", mix(SKY, WHITE, 0.4))
def fiume(paper: Paper) -> None:
    with paper.sheet(0) as s:
        sun(s, 1180, 190, 90, STRAW, WHITE)
        hill(s, (420, 360, 420, 330, 390, 420), mix(SKY, TEAL, 0.28))
    with paper.sheet(6) as s:
        hill(s, (500, 460, 480, 500, 450, 470), SAGE)
        for i in range(9):
            poplar(s, 120 + i * 66, 500 - abs(i - 4) * 3, 130 + i % 3 * 22)
        house(s, 1180, 500, 150, 90, DUNE, BRICK, 3, 1)
        tree(s, 1400, 500, 130)
    with paper.sheet(7) as s:
        hill(s, (560, 540, 560, 545, 560, 540), LEAF)
    with paper.sheet(5) as s:
        left = curve([(820, 552), (760, 585), (900, 640), (760, 730), (560, 800), (420, 910)], closed=False)
        right = curve([(1160, 910), (1110, 800), (1180, 690), (1060, 620), (850, 585), (870, 552)], closed=False)
        s.polygon([*left, *right], TEAL)
        for x, y, w in ((860, 602, 60), (1010, 650, 110), (960, 720, 150), (840, 790, 190), (860, 856, 240)):
            s.rect(x - w / 2, y, x + w / 2, y + 8, mix(TEAL, SKY, 0.5), 4)
    with paper.sheet(7) as s:
        for x, y, turn in (
            (120, 890, -90),
            (160, 890, -74),
            (80, 890, -106),
            (210, 900, -80),
            (1450, 900, -92),
            (1500, 900, -76),
            (1400, 900, -108),
            (1560, 900, -90),
        ):
            leaf(s, x, y, 230, 34, turn, MOSS if x % 40 else mix(MOSS, TEAL, 0.5))
        figure(s, 1390, 720, 200, ROSA, hands=((-0.24, 0.06), (0.14, 0.34)))
        figure(s, 1300, 730, 130, replace(TEO, child=True), hands=((-0.2, -0.2), (0.26, -0.05)))
        heron(s, 300, 760)


def heron(s: Sheet, x: float, y: float) -> None:
    for dx in (0, 20):
        s.line([(x + dx, y - 90), (x + dx - 4, y)], 5, SAFFRON)
    s.blob([(x - 80, y - 70), (x - 20, y - 130), (x + 50, y - 130), (x + 40, y - 84)], WHITE)
    s.line(
        curve([(x + 36, y - 120), (x + 70, y - 170), (x + 44, y - 220), (x + 66, y - 250)], closed=False), 17, WHITE, 13
    )
    s.circle(x + 68, y - 250, 16, WHITE)
    s.polygon([(x + 78, y - 260), (x + 140, y - 244), (x + 76, y - 242)], SAFFRON)
    s.polygon([(x - 84, y - 66), (x - 20, y - 116), (x + 30, y - 96), (x - 30, y - 80)], SKY)


@picture("valigie", mix(SKY, SAND, 0.4))
def valigie(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(800, 460, 390, mix(SKY, SAND, 0.75))
        s.rect(0, 740, 1600, 900, TEAL)
    with paper.sheet(10) as s:
        suitcase(s, 1120, 780, 330, 420, BRICK, "Я")
    with paper.sheet(10) as s:
        suitcase(s, 700, 790, 560, 250, PLUM, "ع")
    with paper.sheet(9) as s:
        suitcase(s, 680, 536, 470, 190, SAFFRON, "अ", -2)
    with paper.sheet(8) as s:
        suitcase(s, 710, 338, 330, 140, TEAL, "文", 3)
    with paper.sheet(9) as s:
        s.polygon(
            [*curve([(260, 800), (250, 640), (300, 560), (420, 560), (470, 640), (460, 800)], closed=False)], MOSS
        )
        s.ring(360, 556, 62, 17, WOOD, 180, 360)
        s.rect(284, 670, 436, 770, LEAF, 18)
        s.star(360, 720, 34, SAND)
        s.polygon([(1260, 790), (1330, 640), (1450, 640), (1500, 790)], SAND)
        s.ring(1390, 640, 50, 12, SAND, 180, 360)
        for i in range(4):
            s.star(1326 + i * 42, 736, 19, (BRICK, TEAL)[i % 2])
    with paper.sheet(6) as s:
        for points, fill in (((1290, 250), SAND), ((240, 270), SAND)):
            x, y = points
            s.polygon([(x, y), (x + 110, y - 40), (x + 44, y + 30), (x + 38, y + 4)], fill)
            s.polygon([(x + 110, y - 40), (x + 38, y + 4), (x + 20, y + 36)], SHADE)


@picture("orti", mix(SKY, WHITE, 0.35))
def orti(paper: Paper) -> None:
    """A garden cut open: what grows above and what grows below."""
    soil = mix(WOOD, BRICK, 0.3)
    with paper.sheet(0) as s:
        sun(s, 1320, 180, 100, SAFFRON, STRAW)
        hill(s, (400, 360, 390, 350, 380, 360), mix(SAGE, WHITE, 0.3))
    with paper.sheet(6) as s:
        hill(s, (480, 470, 490, 475, 490, 480), SAGE)
        s.polygon([(980, 500), (980, 370), (1070, 310), (1160, 370), (1160, 500)], BRICK)
        s.arch(1070, 500, 60, 100, NIGHT)
        tree(s, 1400, 510, 230)
        tree(s, 160, 510, 250)
    with paper.sheet(8) as s:
        hill(s, (580, 566, 584, 570, 580, 572), soil)
        hill(s, (720, 740, 715, 745, 725, 740), mix(soil, NIGHT, 0.35))
    with paper.sheet(5) as s:
        for i in range(9):
            x = 110 + i * 172
            kind = i % 3
            if kind == 0:
                s.polygon([(x - 26, 586), (x + 26, 586), (x, 726)], SAFFRON)
                for turn in (-120, -90, -60):
                    leaf(s, x, 584, 110, 24, turn, LEAF)
            elif kind == 1:
                s.blob([(x, 584), (x + 50, 620), (x + 8, 690), (x, 716), (x - 8, 690), (x - 50, 620)], PLUM)
                for turn in (-125, -90, -55):
                    leaf(s, x, 588, 128, 48, turn, MOSS)
            else:
                for turn in (-165, -140, -115, -90, -65, -40, -15):
                    leaf(s, x, 590, 80, 54, turn, mix(SAGE, LEAF, (turn % 2) * 0.7))
                for turn in (60, 90, 120):
                    s.line([(x, 590), polar(x, 590, 70, turn)], 5, STRAW)
    with paper.sheet(7) as s:
        figure(s, 390, 590, 330, AGOSTINO, hands=((-0.14, 0.34), (0.26, 0.06)))
        s.line([(500, 260), (486, 590)], 11, WOOD)
        figure(s, 820, 592, 320, FATOU, hands=((-0.26, 0.14), (0.14, 0.34)))
        s.polygon([(680, 400), (760, 400), (752, 480), (688, 480)], TEAL)
        s.line([(684, 470), (620, 410)], 13, TEAL)
        s.ring(722, 400, 38, 9, TEAL, 180, 360)
        for dx, dy in ((-14, 34), (-22, 66), (-4, 54), (-30, 100), (-10, 92)):
            s.circle(616 + dx, 410 + dy, 5, mix(SKY, TEAL, 0.4))
        figure(s, 1220, 590, 220, replace(LIN, child=True), hands=((-0.14, 0.34), (0.2, -0.2)))


# People together


@picture("festa", PLUM)
def festa(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(800, 760, 700, mix(PLUM, BRICK, 0.25))
        for i in range(26):
            s.star(40 + i * 173 % 1560, 40 + i * 97 % 380, 6 + i % 3 * 3, mix(PLUM, SAFFRON, 0.6))
    with paper.sheet(5) as s:
        threads = [
            [(x + 600 * u, 920 * u * (1 - u) - 20) for u in (i / 30 for i in range(31))] for x in (-100, 500, 1100)
        ]
        for thread in threads:
            s.line(thread, 4, SAND)
    with paper.sheet(7) as s:
        fills = (SAFFRON, BRICK, TEAL, SAGE, SAFFRON, SKY, BRICK, TEAL, SAFFRON)
        hooks = [thread[i] for thread in threads for i in (8, 15, 22)]
        for i, ((x, y), fill) in enumerate(zip(hooks, fills, strict=True)):
            radius = 74 if i % 3 == 1 else 56
            lamp(s, x, y + radius, radius, fill)
    with paper.sheet(7) as s:
        hill(s, (760, 740, 730, 735, 740, 760), mix(BRICK, PLUM, 0.35))
    with paper.sheet(7) as s:
        joined_hands = ((-0.29, 0.07), (0.29, 0.07))
        for i, look in enumerate((NADIA, KOFI, ELENA, GURDEEP, ROSA, FATOU, LUCA)):
            feet = STRIDE if i % 2 else ((-0.1, 0.45), (0.15, 0.39))
            figure(s, 155 + i * 215, 852 - (i % 2) * 12, 372, look, hands=joined_hands, feet=feet)


@picture("danza", mix(SAFFRON, SAND, 0.25))
def danza(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.star(800, 430, 430, STRAW)
        s.ellipse(800, 810, 760, 100, mix(SAFFRON, BRICK, 0.35))
    with paper.sheet(6) as s:
        for points, fill in (
            ([(80, 520), (300, 300), (520, 420), (700, 180), (940, 260)], BRICK),
            ([(1530, 470), (1320, 250), (1100, 400), (900, 150)], TEAL),
        ):
            s.line(curve(points, closed=False), 30, fill, 6)
    with paper.sheet(9) as s:
        for x, look, lean, flip in ((370, FATOU, -0.04, False), (1230, PRIYA, 0.04, True)):
            skirt = look.legs if look is FATOU else TEAL
            s.polygon(
                [
                    (x - 40, 540),
                    (x + 40, 540),
                    *curve(
                        [(x + 210, 760), (x + 130, 790), (x + 40, 768), (x - 50, 792), (x - 130, 768), (x - 220, 780)],
                        closed=False,
                    ),
                ],
                skirt,
            )
            s.line(
                curve([(x + 168, 716), (x + 80, 740), (x, 724), (x - 80, 742), (x - 178, 730)], closed=False),
                13,
                SAFFRON,
            )
            figure(
                s,
                x,
                850,
                560,
                replace(look, dress=False, legs=look.skin),
                hands=((-0.24, -0.3), (0.28, -0.06)) if not flip else ((-0.28, -0.06), (0.24, -0.3)),
                lean=lean,
                feet=((-0.1, 0.44), (0.12, 0.42)),
            )
            s.polygon(
                [
                    (x - 44, 560),
                    (x + 44, 560),
                    *curve([(x + 190, 742), (x + 100, 772), (x, 748), (x - 100, 774), (x - 200, 752)], closed=False),
                ],
                skirt,
            )
            s.line(
                curve([(x + 160, 706), (x + 80, 730), (x, 712), (x - 80, 732), (x - 168, 716)], closed=False),
                13,
                SAFFRON,
            )
    with paper.sheet(9) as s:
        figure(
            s,
            800,
            850,
            590,
            replace(KOFI, cloth=TEAL, legs=NIGHT),
            hands=((-0.3, -0.24), (0.3, -0.2)),
            feet=((-0.18, 0.4), (0.07, 0.45)),
        )
        s.rect(752, 560, 850, 592, SAFFRON, 8)


@picture("musica", NIGHT)
def musica(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(520, 480, 400, mix(NIGHT, TEAL, 0.6))
        for i in range(5):
            s.line(
                curve(
                    [(-40, 250 + i * 34), (400, 130 + i * 36), (900, 240 + i * 34), (1640, 90 + i * 38)], closed=False
                ),
                4,
                mix(NIGHT, SKY, 0.5),
            )
    with paper.sheet(10) as s:
        oud(s.at(560, 560, 38, 1.12))
    with paper.sheet(10) as s:
        accordion(s.at(1160, 590, -7))
    with paper.sheet(6) as s:
        for x, y, fill in (
            (990, 250, SAFFRON),
            (1110, 210, SKY),
            (1260, 250, SAGE),
            (1390, 190, CLAY),
            (160, 250, SAND),
            (1500, 260, SAFFRON),
        ):
            s.at(x, y, -20).ellipse(0, 0, 26, 19, fill)
            s.line([(x + 21, y - 6), (x + 21, y - 104)], 6, fill)
        s.line([(1011, 146), (1131, 106)], 15, SAFFRON)


def oud(s: Sheet) -> None:
    s.line([(0, -150), (0, -440)], 46, WOOD, 36)
    s.line([(0, -430), (70, -530)], 32, WOOD, 22)
    for i in range(4):
        s.line([(0 + i * 18, -440 - i * 24), (40 + i * 18, -420 - i * 24)], 8, SAND)
    body = curve(
        [
            (0, -230),
            (70, -170),
            (150, -30),
            (160, 90),
            (90, 190),
            (0, 215),
            (-90, 190),
            (-160, 90),
            (-150, -30),
            (-70, -170),
        ]
    )
    s.polygon(body, WOOD)
    s.polygon([(x * 0.91, y * 0.91) for x, y in body], DUNE)
    for x, y, radius in ((0, -10, 52), (-62, -76, 20), (62, -76, 20)):
        s.circle(x, y, radius, NIGHT)
        s.star(x, y, radius * 0.86, SAFFRON)
        s.star(x, y, radius * 0.5, NIGHT)
    s.rect(-60, 118, 60, 138, WOOD, 6)
    for i in range(5):
        s.line([(-28 + i * 14, 126), (-12 + i * 6, -430)], 2.4, SAND)


def accordion(s: Sheet) -> None:
    for i in range(9):
        x = -110 + i * 26
        s.polygon(
            [(x, -150), (x + 13, -166), (x + 26, -150), (x + 26, 150), (x + 13, 166), (x, 150)],
            BRICK if i % 2 else mix(BRICK, NIGHT, 0.3),
        )
    s.rect(-250, -180, -104, 180, TEAL, 26)
    s.rect(118, -180, 280, 180, TEAL, 26)
    for row in range(6):
        for column in range(3):
            s.circle(-214 + column * 38, -120 + row * 48, 12, SAND)
    s.rect(196, -160, 262, 160, WHITE, 6)
    for i in range(12):
        s.rect(196, -160 + i * 26.6, 262, -157 + i * 26.6, SHADE)
        if i % 7 not in (2, 6):
            s.rect(196, -142 + i * 26.6, 232, -126 + i * 26.6, NIGHT)
    s.star(158, 0, 30, SAFFRON)


@picture("tamburi", mix(BRICK, NIGHT, 0.12))
def tamburi(paper: Paper) -> None:
    with paper.sheet(0) as s:
        for i, radius in enumerate((760, 620, 480, 340)):
            s.circle(800, 900, radius, mix(mix(BRICK, NIGHT, 0.12), SAFFRON, 0.1 + i * 0.13))
    with paper.sheet(9) as s:
        djembe(s.at(800, 830))
    with paper.sheet(9) as s:
        darbuka(s.at(1180, 830))
    with paper.sheet(9) as s:
        dhol(s.at(390, 700, -6))
    with paper.sheet(7) as s:
        s.ring(1440, 300, 130, 30, WOOD)
        s.circle(1440, 300, 106, SAND)
        for i in range(8):
            s.circle(*polar(1440, 300, 116, 22 + i * 45), 15, SAFFRON)
        s.star(1440, 300, 44, BRICK)
    with paper.sheet(7) as s:
        for x, y, turn, skin, sleeve in (
            (735, 330, 158, COCOA, SAGE),
            (870, 250, -158, COCOA, SAGE),
            (1205, 400, -164, OLIVE, PLUM),
        ):
            arm = s.at(x, y, turn, 1)
            arm.line([(0, 560), (0, 130)], 64, sleeve)
            arm.line([(0, 150), (0, 20)], 46, skin, 40)
            arm.soft([(-20, 10), (20, 10), (24, -40), (-24, -40)], 8, skin)
            for i in range(4):
                arm.line([(-22 + i * 15, -40), (-24 + i * 16, -84 + abs(i - 1.5) * 8)], 14, skin)
            arm.line([(24, -10), (48, -40)], 15, skin)


def djembe(s: Sheet) -> None:
    s.polygon(
        [
            (-150, -400),
            (150, -400),
            *curve([(140, -330), (60, -190), (90, 0)], closed=False),
            *curve([(-90, 0), (-60, -190), (-140, -330)], closed=False),
        ],
        WOOD,
    )
    for i in range(8):
        x = -140 + i * 35
        s.line([(x, -380), (x * 0.62 + 11, -250), (x + 35, -380)], 5, SAND)
    s.rect(-84, -110, 84, -84, SAFFRON)
    s.rect(-86, -70, 86, -56, TEAL)
    s.ellipse(0, -400, 156, 46, SAFFRON)
    s.ellipse(0, -406, 146, 40, SAND)


def darbuka(s: Sheet) -> None:
    s.polygon(
        [
            (-110, -330),
            (110, -330),
            *curve([(108, -260), (50, -160), (50, -90), (84, 0)], closed=False),
            *curve([(-84, 0), (-50, -90), (-50, -160), (-108, -260)], closed=False),
        ],
        TEAL,
    )
    for i in range(5):
        s.star(-76 + i * 38, -256, 21, (SAFFRON, SAND)[i % 2])
    s.rect(-60, -60, 60, -46, SAFFRON)
    s.ellipse(0, -330, 114, 34, SAGE)
    s.ellipse(0, -336, 106, 29, SAND)


def dhol(s: Sheet) -> None:
    s.polygon(
        [
            (-190, -110),
            *curve([(-190, -110), (0, -150), (190, -110)], closed=False),
            (190, 110),
            *curve([(190, 110), (0, 150), (-190, 110)], closed=False),
            (-190, 110),
        ],
        SAFFRON,
    )
    for i in range(6):
        x = -180 + i * 62
        s.line([(x, -112), (x + 31, 120), (x + 62, -112)], 6, WHITE)
    for side in (-1, 1):
        s.ellipse(side * 190, 0, 40, 116, PLUM)
        s.ellipse(side * 194, 0, 31, 102, SAND)
    s.line(curve([(-170, -120), (-60, -330), (80, -330), (170, -120)], closed=False), 15, TEAL)


@picture("cucina", TEAL)
def cucina(paper: Paper) -> None:
    """The table from above; hands come in from every side."""
    with paper.sheet(0) as s:
        lattice(s, (0, 50, 1600, 900), 80, mix(TEAL, NIGHT, 0.22), 4)
        s.rect(0, 300, 1600, 580, mix(TEAL, NIGHT, 0.35))
        for y in (312, 560):
            s.rect(0, y, 1600, y + 8, mix(TEAL, SAFFRON, 0.5))
    with paper.sheet(7) as s:
        for x, y, turn, skin, sleeve in (
            (520, -20, 160, UMBER, PLUM),
            (1090, -30, -166, ROSE, SAGE),
            (560, 900, 16, OLIVE, SAFFRON),
            (1290, 900, -12, PORCELAIN, BRICK),
        ):
            hand(s, x, y, 112, turn, skin, sleeve, skin)
    with paper.sheet(9) as s:
        dish(s, 800, 440, 250, BRICK, DUNE)
        for i in range(24):
            s.circle(*polar(800, 440, 150, i * 15), 13, STRAW)
        for i in range(8):
            leaf(s, *polar(800, 440, 36, i * 45), 96, 34, i * 45, (SAFFRON, LEAF, BRICK, PLUM)[i % 4])
        s.circle(800, 440, 40, STRAW)
        s.star(800, 440, 30, BRICK)
    with paper.sheet(8) as s:
        dish(s, 330, 330, 150, SKY, SAND)
        for i in range(6):
            x, y = polar(330, 330, 66 if i else 0, i * 72)
            s.at(x, y, i * 24).rect(-29, -29, 29, 29, STRAW, 6)
            s.at(x, y, i * 24).rect(-17, -17, 17, 17, SAFFRON, 8)
        dish(s, 1290, 320, 150, SAFFRON, SAND)
        for i in range(5):
            x, y = polar(1290, 320, 64, i * 72 - 90)
            s.at(x, y, i * 72 + 25).soft([(0, -28), (30, 22), (-30, 22)], 6, mix(SAFFRON, BRICK, 0.35))
        s.circle(1290, 320, 24, MOSS)
        dish(s, 300, 660, 110, WHITE, BRICK)
        for i in range(7):
            s.circle(*polar(300, 660, 46 if i else 0, i * 60), 15, SAFFRON if i % 2 else mix(BRICK, NIGHT, 0.3))
        dish(s, 1110, 690, 96, SAGE, LEAF)
        for i in range(6):
            leaf(s, 1110, 690, 66, 30, i * 60, mix(LEAF, NIGHT, 0.25) if i % 2 else SAGE)
        s.ellipse(1400, 600, 120, 92, AMBER)
        s.ellipse(1396, 594, 106, 80, DUNE)
        for dx, dy in ((-40, -10), (10, -34), (36, 16), (-14, 30)):
            s.circle(1396 + dx, 594 + dy, 11, mix(DUNE, AMBER, 0.7))
        for x, y, fill in ((590, 240, AMBER), (1030, 250, PLUM), (470, 560, SAFFRON)):
            s.circle(x, y, 48, WHITE)
            s.circle(x, y, 37, fill)


@picture("mani", SAFFRON)
def mani(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.star(800, 420, 560, mix(SAFFRON, SAND, 0.35))
        s.star(800, 420, 360, mix(SAFFRON, SAND, 0.6))
    rows = (
        (
            8,
            (
                (240, 640, 1.16, -12, UMBER, TEAL, SAFFRON),
                (620, 580, 1.2, 2, PORCELAIN, BRICK, TEAL),
                (1010, 590, 1.2, -3, COCOA, SAGE, SAFFRON),
                (1380, 640, 1.16, 11, AMBER, PLUM, SAND),
            ),
        ),
        (
            10,
            (
                (60, 810, 1.2, -8, ROSE, PLUM, BRICK),
                (430, 780, 1.25, 5, AMBER, NIGHT, SAND),
                (815, 760, 1.28, -2, OLIVE, SKY, PLUM),
                (1200, 780, 1.25, -6, PORCELAIN, TEAL, BRICK),
                (1550, 820, 1.2, 8, UMBER, BRICK, SAFFRON),
            ),
        ),
    )
    for depth, hands in rows:
        with paper.sheet(depth) as s:
            for x, y, size, turn, skin, sleeve, mark in hands:
                hand(s, x, y, size * 165, turn, skin, sleeve, mark)


@picture("cerchio", mix(SAGE, SAND, 0.25))
def cerchio(paper: Paper) -> None:
    """People sitting in a ring, seen from above, a star in their middle."""
    with paper.sheet(0) as s:
        s.circle(800, 450, 620, mix(SAGE, SAND, 0.5))
    with paper.sheet(6) as s:
        s.circle(800, 450, 270, BRICK)
        s.circle(800, 450, 252, SAND)
        s.star(800, 450, 236, TEAL)
        s.star(800, 450, 170, SAFFRON)
        s.star(800, 450, 104, SAND)
        s.star(800, 450, 60, BRICK)
    with paper.sheet(8) as s:
        looks = (NADIA, KOFI, CHIARA, GURDEEP, FATOU, LUCA, ELENA, AWA, OMAR, PRIYA, AGOSTINO, LIN)
        for i, look in enumerate(looks):
            turn = i * 30 + 15
            p = s.at(
                *((800 + 500 * math.cos(math.radians(turn))), (450 + 345 * math.sin(math.radians(turn)))),
                turn=math.degrees(math.atan2(345 * math.sin(math.radians(turn)), 500 * math.cos(math.radians(turn))))
                - 90,
            )
            for side in (-1, 1):
                p.line([(side * 26, 10), (side * 34, -62)], 32, look.legs)
                p.ellipse(side * 35, -70, 15, 22, NIGHT if look.legs != NIGHT else WOOD)
            p.ellipse(0, 14, 84, 44, look.cloth)
            for side in (-1, 1):
                p.line([(side * 70, 10), (side * 66, -36), (side * 24, -50)], 26, mix(look.cloth, NIGHT, 0.14), 20)
                p.circle(side * 20, -50, 14, look.skin)
            p.circle(0, 0, 42, look.hair)
            if look.style == "bun":
                p.circle(0, 26, 22, mix(look.hair, NIGHT, 0.15))
            elif look.style in ("turban", "wrap"):
                for k in (-16, 0, 16):
                    p.line([(-30, k - 6), (0, k + 4), (30, k - 6)], 5, mix(look.hair, NIGHT, 0.25))
            elif look.style == "scarf":
                p.ellipse(0, 22, 44, 40, look.hair)
                p.line([(-22, -18), (0, 8), (22, -18)], 4, mix(look.hair, NIGHT, 0.3))
            else:
                p.line([(4, -36), (0, 12)], 4, mix(look.hair, WHITE, 0.2))
            p.ellipse(0, -42, 10, 10, look.skin)


@picture("assemblea", mix(TEAL, NIGHT, 0.15))
def assemblea(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.polygon([(520, 0), (1080, 0), (1360, 560), (240, 560)], mix(TEAL, SKY, 0.25))
    with paper.sheet(8) as s:
        s.rect(470, 70, 1130, 350, SAND, 12)
        s.rect(200, 500, 1400, 560, WOOD, 8)
    with paper.sheet(0) as s:
        s.text(548, 140, "ciao", 54, TEAL)
        s.text(708, 140, joined("سلام"), 66, BRICK)
        s.text(852, 140, "你好", 54, PLUM)
        s.text(1018, 140, "привет", 44, NIGHT)
    with paper.sheet(7) as s:
        figure(s, 690, 520, 290, SAMIRA, hands=((-0.26, -0.04), (0.14, 0.34)))
        figure(s, 1010, 516, 300, GURDEEP)
        s.polygon([(800, 510), (812, 380), (900, 380), (912, 510)], mix(WOOD, SAFFRON, 0.4))
        s.star(856, 440, 30, SAND)
        s.line([(856, 380), (840, 330)], 6, NIGHT)
        s.circle(838, 326, 11, NIGHT)
    for row, (y, width, count, shift) in enumerate(((640, 110, 9, 0), (730, 136, 8, 40), (840, 166, 7, -10))):
        with paper.sheet(8) as s:
            step = 1600 / count
            for i in range(count):
                look = CAST[(i * 4 + row * 5) % len(CAST)]
                x = step * (i + 0.5) + shift
                if (i + row) % 4 == 1:
                    s.line(
                        [
                            (x + width * 0.4, y + width * 0.4),
                            (x + width * 0.56, y - width * 0.3),
                            (x + width * 0.5, y - width * 0.86),
                        ],
                        width * 0.2,
                        mix(look.cloth, NIGHT, 0.14),
                        width * 0.15,
                    )
                    s.circle(x + width * 0.5, y - width * 0.98, width * 0.12, look.skin)
                bust(s, x, y, width, look, back=True, depth=1.6)


@picture("tavola-rotonda", mix(SKY, SAND, 0.45))
def tavola_rotonda(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(800, 420, 500, mix(SKY, SAND, 0.65))
        s.rect(0, 640, 1600, 900, mix(SKY, TEAL, 0.4))
    with paper.sheet(6) as s:
        for x, y, look in (
            (440, 420, OMAR),
            (640, 385, ELENA),
            (860, 380, KOFI),
            (1080, 400, SAMIRA),
            (1260, 450, LUCA),
            (270, 500, LIN),
        ):
            bust(s, x, y, 190, look)
    with paper.sheet(10) as s:
        s.rect(730, 700, 870, 900, WOOD)
        s.ellipse(800, 640, 640, 170, WOOD)
        s.ellipse(800, 622, 640, 166, mix(WOOD, SAFFRON, 0.45))
        s.ellipse(800, 620, 300, 78, STRAW)
        s.at(800, 620).polygon([(x, y * 0.26) for x, y in star_points(0, 0, 250)], TEAL)
        s.at(800, 620).polygon([(x, y * 0.26) for x, y in star_points(0, 0, 150)], SAFFRON)
    with paper.sheet(4) as s:
        for x, y in ((360, 600), (520, 520), (1060, 520), (1230, 590)):
            s.polygon([(x - 50, y + 18), (x - 34, y - 16), (x + 50, y - 16), (x + 42, y + 18)], WHITE)
        for x, y, fill in ((700, 512, SKY), (900, 512, BRICK), (460, 680, TEAL), (1130, 684, PLUM)):
            s.polygon([(x - 18, y - 22), (x + 18, y - 22), (x + 13, y + 18), (x - 13, y + 18)], fill)
    with paper.sheet(9) as s:
        for x, look in ((400, FATOU), (800, AGOSTINO), (1200, CHIARA)):
            bust(s, x, 800, 220, look, back=True)
    with paper.sheet(6) as s:
        bubble(s, 250, 190, 110, 74, BRICK, (330, 320))
        s.text(250, 190, joined("विचार"), 54, SAND)
        bubble(s, 1370, 200, 120, 78, TEAL, (1290, 340))
        s.text(1370, 200, "идея", 58, SAND)


@picture("bambini", mix(SKY, WHITE, 0.2))
def bambini(paper: Paper) -> None:
    with paper.sheet(0) as s:
        cloud(s, 330, 170, 260, WHITE)
        cloud(s, 1280, 130, 220, WHITE)
        hill(s, (660, 600, 640, 590, 620, 650), mix(SAGE, WHITE, 0.25))
    with paper.sheet(6) as s:
        hill(s, (750, 720, 740, 715, 735, 750), LEAF)
    with paper.sheet(7) as s:
        for x, y, fill, letter, hand_x, hand_y in (
            (380, 230, SAFFRON, "अ", 393, 473),
            (735, 170, BRICK, "ع", 745, 471),
            (1020, 240, PLUM, "a", 1004, 489),
        ):
            s.line(curve([(x, y + 90), (x + 12, y + 170), (hand_x, hand_y)], closed=False), 3, NIGHT)
            s.ellipse(x, y, 84, 98, fill)
            s.polygon([(x - 12, y + 108), (x + 12, y + 108), (x, y + 92)], fill)
            s.text(x, y, letter, 88, SAND if fill != SAFFRON else NIGHT)
    with paper.sheet(8) as s:
        looks = (
            (210, AWA, ((-0.26, -0.16), (0.26, 0.06))),
            (450, GURDEEP, ((-0.16, -0.28), (0.3, 0.1))),
            (700, LIN, ((-0.28, 0.1), (0.12, -0.28))),
            (950, TEO, ((-0.28, 0.1), (0.16, -0.28))),
            (1190, NADIA, ((-0.26, 0.06), (0.26, 0.06))),
            (1420, LUCA, ((-0.26, 0.06), (0.24, -0.22))),
        )
        for i, (x, look, hands) in enumerate(looks):
            figure(
                s,
                x,
                850 - i % 2 * 14,
                340 + i % 3 * 16,
                replace(look, child=True, dress=look is NADIA),
                hands=hands,
                feet=STRIDE if i % 2 else ((-0.1, 0.43), (0.1, 0.45)),
            )


@picture("giovani", mix(CLAY, SAND, 0.3))
def giovani(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(1180, 300, 210, SAFFRON)
        s.star(1180, 300, 150, DUNE)
    for i, (top, left, fill) in enumerate(
        ((430, 240, mix(TEAL, SKY, 0.35)), (570, 120, mix(TEAL, SKY, 0.2)), (710, 0, TEAL))
    ):
        with paper.sheet(7) as s:
            s.rect(left - 400 * (i == 2), top, 1700, 900, fill)
            s.rect(left - 400 * (i == 2), top, 1700, top + 14, mix(fill, WHITE, 0.3))
    with paper.sheet(7) as s:
        seated(s, 560, 430, 1.0, AWA)
        seated(s, 1080, 430, 1.0, LUCA)
    with paper.sheet(7) as s:
        seated(s, 800, 570, 1.05, SAMIRA)
        seated(s, 1340, 570, 1.05, GURDEEP)
        figure(s, 290, 850, 440, LIN, hands=((-0.14, 0.34), (0.24, -0.02)), feet=STRIDE)
    with paper.sheet(6) as s:
        s.rect(380, 470, 410, 530, NIGHT, 6)
        s.rect(384, 476, 406, 522, SKY, 3)
        s.ring(560, 232, 54, 9, NIGHT, 180, 360)
        s.rect(500, 222, 522, 262, BRICK, 9)
        s.rect(598, 222, 620, 262, BRICK, 9)
        s.line([(1010, 806), (1210, 806)], 17, SAFFRON)
        s.line([(1010, 806), (985, 792)], 15, SAFFRON)
        s.line([(1210, 806), (1235, 792)], 15, SAFFRON)
        for x in (1040, 1180):
            s.circle(x, 824, 16, NIGHT)
    with paper.sheet(6) as s:
        g = s.at(1090, 400, -62, 0.62)
        g.line([(0, -90), (0, -290)], 24, WOOD)
        g.blob([(0, -110), (70, -90), (50, -30), (96, 40), (0, 110), (-96, 40), (-50, -30), (-70, -90)], SAFFRON)
        g.circle(0, 0, 30, NIGHT)


def seated(s: Sheet, x: float, y: float, size: float, look: Look) -> None:
    """A young person sitting on the edge of a step, seen from the front."""
    p = s.at(x, y, scale=size)
    for side in (-1, 1):
        p.line(
            [(side * 30, -10), (side * 54, 16), (side * 44, 122)],
            44,
            look.legs if not look.dress else mix(look.cloth, NIGHT, 0.4),
            34,
        )
        p.ellipse(side * 50, 132, 27, 14, WHITE)
    p.soft([(-46, -128), (46, -128), (38, 0), (-38, 0)], 18, look.cloth)
    for side in (-1, 1):
        p.circle(side * 34, 2, 16, look.skin)
        p.line([(side * 58, -122), (side * 82, -58), (side * 44, -6)], 34, mix(look.cloth, NIGHT, 0.14), 28)
    p.line([(0, -160), (0, -130)], 28, mix(look.skin, NIGHT, 0.14))
    head(p, 0, -196, 44, look)


@picture("donne", mix(PLUM, BRICK, 0.12))
def donne(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(800, 520, 560, mix(PLUM, CLAY, 0.45))
        s.circle(800, 520, 420, mix(PLUM, CLAY, 0.75))
    groups = (
        (8, ((300, 470, 330, ELENA), (1300, 470, 330, LIN))),
        (9, ((550, 540, 370, FATOU), (1060, 540, 370, PRIYA))),
        (11, ((800, 610, 420, replace(NADIA, cloth=SAND)),)),
    )
    for depth, women in groups:
        with paper.sheet(depth) as s:
            for x, y, width, look in women:
                bust(
                    s,
                    x,
                    y,
                    width,
                    replace(look, cloth={ELENA: SAGE, LIN: BRICK, FATOU: TEAL, PRIYA: SAFFRON}.get(look, look.cloth)),
                    depth=1.4,
                )
                if look is FATOU:
                    for i in range(4):
                        s.star(x - 120 + i * 80, y + 190, 30, SAFFRON)
                        s.star(x - 160 + i * 80, y + 270, 30, SAND)
                if look is PRIYA:
                    s.line(curve([(x - 130, y + 40), (x + 20, y + 200), (x + 190, y + 330)], closed=False), 54, BRICK)
    with paper.sheet(5) as s:
        for i in range(9):
            s.star(800 + (i - 4) * 46, 850 - abs(i - 4) * 16, 24, (BRICK, TEAL)[i % 2])


@picture("calcio", LEAF)
def calcio(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.rect(0, 0, 1600, 430, mix(SKY, WHITE, 0.3))
        s.circle(330, 190, 90, STRAW)
        for i in range(9):
            tree(s, 40 + i * 190, 440, 190 + i % 3 * 30, (SAGE, MOSS, LEAF)[i % 3])
        s.rect(0, 426, 1600, 900, LEAF)
        for i in range(5):
            s.polygon(
                [(i * 400 - 200, 430), (i * 400, 430), (i * 520 - 340, 900), (i * 520 - 600, 900)],
                mix(LEAF, SAGE, 0.35),
            )
        s.line([(0, 470), (1600, 470)], 7, WHITE)
        s.polygon(oval(560, 900, 420, 190) + oval(560, 900, 406, 178, 360, 0), WHITE)
    with paper.sheet(5) as s:
        for i in range(12):
            s.line([(1130 + i * 34, 300), (1130 + i * 34, 600)], 2.4, SHADE)
        for i in range(9):
            s.line([(1130, 320 + i * 34), (1505, 320 + i * 34)], 2.4, SHADE)
        s.line([(1120, 612), (1120, 290), (1515, 290), (1515, 612)], 17, WHITE)
    with paper.sheet(8) as s:
        figure(
            s,
            1320,
            700,
            350,
            replace(GURDEEP, cloth=PLUM, legs=NIGHT),
            hands=((-0.3, -0.1), (0.3, -0.1)),
            feet=((-0.14, 0.44), (0.14, 0.44)),
        )
        figure(
            s,
            320,
            800,
            430,
            replace(CHIARA, cloth=SAFFRON, legs=NIGHT),
            hands=((-0.28, 0.02), (0.2, 0.2)),
            feet=((-0.16, 0.38), (0.14, 0.44)),
        )
    with paper.sheet(8) as s:
        figure(
            s,
            720,
            830,
            470,
            replace(KOFI, cloth=BRICK, legs=WHITE),
            hands=((-0.26, 0.02), (0.26, 0.1)),
            feet=((-0.06, 0.45), (0.25, 0.34)),
            lean=-0.04,
        )
        ball(s, 905, 795, 46)


def ball(s: Sheet, x: float, y: float, radius: float) -> None:
    s.circle(x, y, radius, WHITE)
    s.polygon([polar(x, y, radius * 0.4, -90 + i * 72) for i in range(5)], NIGHT)
    for i in range(5):
        turn = -90 + i * 72
        s.line([polar(x, y, radius * 0.4, turn), polar(x, y, radius * 0.72, turn)], radius * 0.07, NIGHT)
        s.polygon(
            [polar(x, y, radius * 0.72, turn), *[polar(x, y, radius * 0.98, turn + d) for d in (-20, 0, 20)]], NIGHT
        )


@picture("cinema-lanterna", NIGHT)
def cinema_lanterna(paper: Paper) -> None:
    with paper.sheet(0) as s:
        for i in range(30):
            s.star(30 + i * 211 % 1580, 30 + i * 83 % 300, 4 + i % 3 * 2, mix(NIGHT, SAFFRON, 0.7))
    with paper.sheet(9) as s:
        s.rect(130, 90, 1010, 590, WOOD, 10)
        s.rect(156, 116, 984, 564, STRAW, 4)
    with paper.sheet(0, clip=box(156, 116, 984, 564)) as s:
        s.rect(150, 110, 990, 570, mix(SKY, WHITE, 0.3))
        sun(s, 740, 240, 80)
        s.polygon(
            [*curve([(100, 480), (350, 380), (620, 470), (1040, 400)], closed=False), (1040, 600), (100, 600)], SAGE
        )
        s.polygon(
            [*curve([(100, 540), (400, 490), (700, 530), (1040, 480)], closed=False), (1040, 600), (100, 600)], TEAL
        )
        figure(s, 380, 520, 210, NADIA, hands=((-0.14, 0.34), (0.27, 0.05)))
        figure(s, 488, 524, 215, KOFI, hands=((-0.27, 0.05), (0.14, 0.34)))
    with paper.sheet(0) as s:
        s.polygon([(1010, 96), (1330, 516), (1330, 548), (1010, 586)], mix(NIGHT, SAFFRON, 0.36))
        s.polygon([(1010, 200), (1330, 524), (1330, 540), (1010, 480)], mix(NIGHT, SAFFRON, 0.56))
    with paper.sheet(9) as s:
        s.rect(1326, 496, 1370, 570, SAFFRON, 8)
        s.rect(1366, 450, 1500, 620, BRICK, 12)
        s.rect(1394, 396, 1472, 456, mix(BRICK, NIGHT, 0.3))
        s.polygon([(1378, 400), (1488, 400), (1462, 358), (1404, 358)], mix(BRICK, NIGHT, 0.3))
        s.star(1433, 535, 46, SAFFRON)
        s.star(1433, 535, 24, STRAW)
        s.rect(1340, 616, 1526, 640, WOOD, 6)
        for x in (1370, 1500):
            s.line([(x, 636), (x + (x - 1435) * 0.35, 900)], 13, WOOD)
    for row, (y, width, count) in enumerate(((720, 120, 8), (820, 150, 7))):
        with paper.sheet(8) as s:
            for i in range(count):
                look = CAST[(i * 4 + row * 6 + 2) % len(CAST)]
                dim = replace(
                    look,
                    cloth=mix(look.cloth, NIGHT, 0.5),
                    hair=mix(look.hair, NIGHT, 0.45),
                    skin=mix(look.skin, NIGHT, 0.4),
                )
                bust(s, 90 + row * 40 + i * (1290 / count), y, width, dim, back=True, depth=1.7)


@picture("mercato", mix(STRAW, SAND, 0.2))
def mercato(paper: Paper) -> None:
    with paper.sheet(0) as s:
        for x, width, height, wall in (
            (-20, 260, 430, CLAY),
            (240, 220, 380, SAND),
            (460, 280, 450, DUNE),
            (740, 240, 390, SAGE),
            (980, 300, 440, CLAY),
            (1280, 340, 400, SAND),
        ):
            house(s, x, 560, width, height, mix(wall, SAND, 0.45), None, 3, 3, mix(NIGHT, SAND, 0.35))
        s.rect(0, 560, 1600, 900, mix(STRAW, CLAY, 0.35))
    stalls = (
        (300, BRICK, GURDEEP, (SAFFRON, LEAF, BRICK)),
        (800, TEAL, FATOU, (PLUM, SAFFRON, SAGE)),
        (1300, SAFFRON, LUCA, (BRICK, MOSS, PLUM)),
    )
    for x, fill, look, fruit in stalls:
        with paper.sheet(6) as s:
            for dx in (-200, 200):
                s.rect(x + dx - 7, 320, x + dx + 7, 800, WOOD)
            bust(s, x, 500, 150, look)
        with paper.sheet(8) as s:
            for i in range(8):
                left = x - 232 + i * 58
                top = x - 200 + i * 50
                stripe = fill if i % 2 else WHITE
                s.polygon([(top, 230), (top + 50, 230), (left + 58, 340), (left, 340)], stripe)
                s.polygon(oval(left + 29, 340, 29, 30, 0, 180), mix(stripe, NIGHT, 0.1))
            s.rect(x - 225, 600, x + 225, 800, mix(WOOD, SAFFRON, 0.25), 6)
            for i in range(3):
                left = x - 210 + i * 142
                s.rect(left, 570, left + 132, 650, mix(WOOD, SAFFRON, 0.5), 6)
                for k in range(9):
                    s.circle(
                        left + 22 + k % 5 * 22,
                        572 - k // 5 * 22 + (11 if k > 4 else 0) - 4,
                        16,
                        mix(fruit[i], NIGHT if k % 2 else WHITE, 0.1),
                    )
                s.rect(left, 584, left + 132, 650, mix(WOOD, SAFFRON, 0.5), 6)
                s.rect(left, 612, left + 132, 618, WOOD)
                s.star(left + 66, 730, 38, mix(WOOD, SAFFRON, 0.5))
    with paper.sheet(9) as s:
        figure(s, 540, 880, 330, SAMIRA, hands=((-0.14, 0.34), (0.22, 0.2)))
        s.polygon([(590, 700), (660, 700), (672, 790), (578, 790)], SAGE)
        figure(s, 1050, 884, 340, AGOSTINO, back=True)
        figure(s, 1140, 886, 200, replace(AWA, child=True), hands=((-0.26, 0.0), (0.16, 0.3)))


# Signs of work


@picture("firma", mix(SAGE, TEAL, 0.25))
def firma(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.rect(0, 0, 1600, 900, mix(WOOD, SAFFRON, 0.18))
        for i in range(9):
            s.rect(0, 60 + i * 104, 1600, 64 + i * 104, mix(WOOD, NIGHT, 0.12))
    with paper.sheet(11) as s:
        s.rect(240, 70, 1360, 850, TEAL, 22)
    with paper.sheet(8) as s:
        s.at(545, 455).rect(-255, -345, 255, 345, WHITE, 6)
        s.at(1055, 455).rect(-255, -345, 255, 345, WHITE, 6)
        s.rect(790, 110, 800, 800, SHADE)
        s.rect(800, 110, 805, 800, mix(SHADE, WHITE, 0.5))
    with paper.sheet(0) as s:
        for x in (545, 1055):
            d = s.at(x, 455)
            d.star(0, -250, 46, SAFFRON)
            d.star(0, -250, 26, BRICK)
            d.rect(-130, -170, 130, -154, NIGHT, 7)
            for i in range(7):
                end = 190 - (70 if i in (2, 6) else 0)
                span = (-190, end) if x < 800 else (-end, 190)
                d.rect(span[0], -110 + i * 34, span[1], -101 + i * 34, SHADE, 4)
            d.rect(-190, 262, 190, 267, NIGHT)
        s.line(
            curve(
                [(400, 700), (430, 650), (452, 710), (480, 660), (500, 712), (540, 676), (560, 704), (620, 690)],
                closed=False,
            ),
            7,
            TEAL,
        )
        s.text(1040, 676, joined("سلام"), 70, BRICK, turn=-4)
    with paper.sheet(10) as s:
        for x, y, turn, fill in ((760, 610, -38, BRICK), (1270, 590, -42, NIGHT)):
            p = s.at(x, y, turn)
            p.rect(-70, -21, 280, 21, fill, 20)
            p.rect(-70, -21, 280, -7, mix(fill, WHITE, 0.22), 8)
            p.rect(-50, -23, -30, 23, SAFFRON)
            p.polygon([(-66, -19), (-66, 19), (-150, 3), (-150, -3)], SAFFRON)
            p.line([(-146, 0), (-90, 0)], 3, NIGHT)
            p.circle(-92, 0, 6, NIGHT)
    with paper.sheet(7) as s:
        s.circle(800, 780, 54, BRICK)
        s.star(800, 780, 40, mix(BRICK, NIGHT, 0.25))


@picture("telefono", mix(SAGE, SAND, 0.15))
def telefono(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(540, 450, 420, mix(SAGE, SAND, 0.5))
    with paper.sheet(11) as s:
        p = s.at(540, 450, -8)
        p.rect(-190, -350, 190, 350, NIGHT, 46)
        p.rect(-166, -312, 166, 312, TEAL, 26)
        p.rect(-50, -336, 50, -324, mix(NIGHT, SKY, 0.4), 6)
        for row in range(4):
            for column in range(3):
                p.circle(-96 + column * 96, -190 + row * 96, 34, mix(TEAL, SKY, 0.35))
        for i in range(9):
            p.text(-96 + i % 3 * 96, -190 + i // 3 * 96, "123456789"[i], 34, SAND, script="sans")
        p.text(0, 98, "0", 34, SAND, script="sans")
        p.circle(0, 226, 56, SAFFRON)
        p.line(oval(0, 258, 40, 40, 215, 325), 15, NIGHT)
        p.line([polar(0, 258, 40, 215), polar(0, 258, 50, 208)], 24, NIGHT)
        p.line([polar(0, 258, 40, 325), polar(0, 258, 50, 332)], 24, NIGHT)
    with paper.sheet(8) as s:
        bubble(s, 1010, 230, 190, 120, BRICK, (760, 350))
        bubble(s, 1330, 430, 170, 112, SAFFRON, (1120, 500))
        bubble(s, 1040, 660, 190, 118, PLUM, (770, 600))
        s.text(1010, 232, joined("مرحبا"), 96, SAND)
        s.text(1330, 428, "ciao", 84, NIGHT)
        s.text(1040, 660, joined("नमस्ते"), 84, SAND)


@picture("calendario", mix(CLAY, SAND, 0.35))
def calendario(paper: Paper) -> None:
    with paper.sheet(0) as s:
        s.circle(1400, 120, 330, mix(CLAY, SAND, 0.6))
        s.circle(200, 830, 300, mix(CLAY, SAND, 0.6))
    with paper.sheet(9) as s:
        s.at(800, 470, 2).rect(-470, -350, 470, 370, SHADE, 16)
    with paper.sheet(9) as s:
        s.rect(330, 110, 1270, 830, WHITE, 16)
        s.rect(330, 110, 1270, 290, TEAL, 16)
        s.rect(330, 250, 1270, 290, TEAL)
    with paper.sheet(0) as s:
        s.circle(500, 205, 50, SAFFRON)
        s.circle(520, 196, 42, TEAL)
        for i in range(5):
            s.star(640 + i * 90, 205, 30, (SAFFRON, SAGE, SAND, CLAY, SKY)[i])
        s.circle(1110, 205, 48, SAFFRON)
        marks = {9: BRICK, 12: SAFFRON, 17: PLUM, 20: SAGE, 25: TEAL, 29: BRICK}
        for i in range(2, 33):
            x, y = 420 + i % 7 * 127, 355 + i // 7 * 98
            if i in marks:
                s.star(x, y, 46, marks[i])
            s.text(
                x, y, str(i - 1), 38, SAND if marks.get(i, SAND) not in (SAND, SAFFRON, SAGE) else NIGHT, script="sans"
            )
    with paper.sheet(5) as s:
        for i in range(10):
            x = 400 + i * 89
            s.circle(x, 130, 13, NIGHT)
            s.line([(x, 130), (x, 78)], 9, SAFFRON)
    with paper.sheet(8) as s:
        pencil(s, 1340, 640, 420, 112, BRICK)


@picture("voce", mix(BRICK, SAND, 0.12))
def voce(paper: Paper) -> None:
    with paper.sheet(0) as s:
        for i, radius in enumerate((900, 720, 550, 390)):
            s.circle(430, 520, radius, mix(mix(BRICK, SAND, 0.12), SAFFRON, 0.16 + i * 0.16))
    with paper.sheet(7) as s:
        places = [
            (*polar(430, 520, radius, turn), size)
            for radius, turns, size in (
                (400, (-48, -22, 4, 30), 92),
                (590, (-36, -14, 6, 25), 112),
                (790, (-32, -18, -4, 10, 23), 128),
                (1010, (-22, -9, 4, 15), 150),
            )
            for turn in turns
        ]
        scatter(s, "aعअЖ文ਸΩقñሰქяⵣஅم人λ", places, (NIGHT, WHITE, SAND, NIGHT, STRAW), 14)
    with paper.sheet(11) as s:
        m = s.at(400, 520, 14, 1.3)
        m.rect(-34, 160, 34, 480, TEAL, 20)
        m.polygon([(-92, 70), (92, 70), (52, 210), (-52, 210)], NIGHT)
        m.rect(-122, -210, 122, 90, NIGHT, 110)
    with paper.sheet(4) as s:
        m = s.at(400, 520, 14, 1.3)
        m.rect(-102, -190, 102, 42, SHADE, 94)
        for i in range(4):
            for k in range(4):
                m.star(-72 + k * 48, -140 + i * 38, 17, mix(NIGHT, SHADE, 0.45))
        m.rect(-126, 46, 126, 84, SAFFRON, 12)


def social() -> Image.Image:
    """The card shown where a page is shared."""
    paper = Paper(TEAL, (1200, 630))
    with paper.sheet(0) as s:
        lattice(s, (0, 15, 1200, 630), 75, mix(TEAL, NIGHT, 0.24))
    with paper.sheet(9) as s:
        s.polygon([(0, 0), (860, 0), (770, 630), (0, 630)], SAND)
    with paper.sheet(7) as s:
        for x, y, size, fill, letter, ink in (
            (930, 130, 96, SAFFRON, "ع", NIGHT),
            (1105, 110, 80, BRICK, "文", SAND),
            (1010, 300, 104, PLUM, "अ", SAND),
            (890, 420, 82, SKY, "Ж", NIGHT),
            (1120, 480, 100, SAGE, "ⵣ", NIGHT),
            (960, 560, 70, SAND, "ሰ", BRICK),
        ):
            s.star(x, y, size, fill)
            s.text(x, y, letter, size * 0.84, ink)
        s.star(128, 150, 56, BRICK)
        s.star(128, 150, 34, SAFFRON)
    with paper.sheet(0) as s:
        s.text(72, 316, "Fondazione", 84, NIGHT, left_aligned=True)
        s.text(72, 424, "Mondinsieme", 98, TEAL, left_aligned=True)
        s.rect(72, 512, 262, 522, BRICK)
    return paper.finished()


# Saving


def webp(image: Image.Image) -> bytes:
    """The best quality that keeps the file small; a picture full of edges is softened a little first."""
    for blur in (0, 0.6, 0.9):
        softened = image.filter(ImageFilter.GaussianBlur(blur)) if blur else image
        for quality in range(90, 40, -6):
            buffer = BytesIO()
            softened.save(buffer, "WEBP", quality=quality, method=6)
            if buffer.tell() <= MOST_BYTES:
                return buffer.getvalue()
    raise SystemExit(f"A picture is larger than {MOST_BYTES} bytes at every quality: draw it with fewer edges.")


def draw(key: str) -> bytes:
    if key == "social":
        return webp(social())
    ground, drawing = DRAWINGS[key]
    paper = Paper(ground)
    drawing(paper)
    return webp(paper.finished())


def main(keys: Sequence[str]) -> None:
    known = [*DRAWINGS, "social"]
    if unknown := sorted(set(keys) - set(known)):
        raise SystemExit(f"No such picture: {', '.join(unknown)}. There are: {', '.join(known)}.")
    PICTURES.mkdir(exist_ok=True)
    for key in keys or known:
        data = draw(key)
        (PICTURES / f"{key}.webp").write_bytes(data)
        print(f"{key}: {len(data)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
