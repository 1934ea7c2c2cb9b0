package qr_test

import (
	"encoding/xml"
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"procession/server/qr"
)

// picture is what a code's file has.
type picture struct {
	ViewBox string `xml:"viewBox,attr"`
	Title   string `xml:"title"`
	Paths   []struct {
		Fill string `xml:"fill,attr"`
		D    string `xml:"d,attr"`
	} `xml:"path"`
}

var run = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// see paints the file as a browser would, so many pixels a square.
func see(t *testing.T, file []byte, scale int) (p picture, img *image.Gray) {
	t.Helper()
	if err := xml.Unmarshal(file, &p); err != nil {
		t.Fatalf("%v in %.300s", err, file)
	}
	box := strings.Fields(p.ViewBox)
	side, err := strconv.Atoi(box[len(box)-1])
	if err != nil || len(p.Paths) != 2 || p.Paths[0].Fill != "#fff" || p.Paths[1].Fill != "" {
		t.Fatalf("got the view box %q and %d paths, want white below black", p.ViewBox, len(p.Paths))
	}
	img = image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for _, m := range run.FindAllStringSubmatch(p.Paths[1].D, -1) {
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1])
		}
		if n[2] != n[3] {
			t.Fatalf("%s is not closed", m[0])
		}
		for x := n[0] * scale; x < (n[0]+n[2])*scale; x++ {
			for y := n[1] * scale; y < (n[1]+1)*scale; y++ {
				img.SetGray(x, y, color.Gray{})
			}
		}
	}
	return p, img
}

func TestSVG(t *testing.T) {
	long := "http://192.168.1.20:8080/?do="
	long += strings.Repeat("x", qr.MaxText-len(long))
	for _, text := range []string{
		"http://localhost:8080/",
		"http://192.168.1.20:8080/?visitors=Ada,Grace&mode=store&do=12s+set+mode%3Dlocal&v=2#t=12.5s",
		"http://lab.example/?lang=ko&visitors=%EC%97%90%EC%9D%B4%EB%8B%A4",
		"http://lab.example/?visitors=<에이다>\"&'",
		strings.Repeat("http://a.example/", 17) + "x=300",
		long,
	} {
		file, err := qr.SVG(text)
		if err != nil {
			t.Fatal(err)
		}
		p, img := see(t, file, 4)
		if p.Title != text {
			t.Errorf("the title is %q, want %q", p.Title, text)
		}
		for i := range img.Bounds().Dx() {
			for j := range 4 * 4 {
				for _, at := range [][2]int{{i, j}, {j, i}, {i, img.Bounds().Dy() - 1 - j}, {img.Bounds().Dx() - 1 - j, i}} {
					if img.GrayAt(at[0], at[1]).Y == 0 {
						t.Fatalf("%.40s: the quiet zone is dark at %v", text, at)
					}
				}
			}
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
		if err != nil {
			t.Fatal(err)
		}
		said, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"})
		if err != nil {
			t.Errorf("%.60s cannot be read: %v", text, err)
			continue
		}
		if said.GetText() != text {
			t.Errorf("it says %.60q, want %.60q", said.GetText(), text)
		}
	}
}

// TestSVGRefuses: there are texts that are too long for any code.
func TestSVGRefuses(t *testing.T) {
	if file, err := qr.SVG(strings.Repeat("x", 4000)); err == nil {
		t.Errorf("got %.100s, want an error", file)
	}
}

func BenchmarkSVG(b *testing.B) {
	for _, n := range []int{100, qr.MaxText} {
		text := "http://192.168.1.20:8080/?" + strings.Repeat("x", n-26)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := qr.SVG(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
