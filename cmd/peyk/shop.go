package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"peyk/web"
)

// maxLogo bounds a shop's logo, in bytes: every customer loads it.
const maxLogo = 256 << 10

var color = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// checkShop looks at the logo too.
func (c Config) checkShop() error {
	_, err := c.shop()
	wrong := ""
	if err != nil {
		wrong = err.Error()
	}
	return firstWrong(
		rule{"shop-name", c.ShopName, printable(c.ShopName, 200), "at most 200 bytes of printable text"},
		rule{"shop-color", c.ShopColor, c.ShopColor == "" || color.MatchString(c.ShopColor), "a colour like #1a56c4"},
		rule{"shop-logo", c.ShopLogo, err == nil, wrong},
	)
}

// shop is how the shop looks to its customers.
func (c Config) shop() (web.Shop, error) {
	s := web.Shop{Name: c.ShopName, Color: c.ShopColor}
	if c.ShopLogo == "" {
		return s, nil
	}
	s.LogoName = strings.ToLower(filepath.Base(c.ShopLogo))
	if !slices.Contains([]string{".svg", ".png", ".jpg", ".webp"}, filepath.Ext(s.LogoName)) {
		return s, errors.New("an image: .svg, .png, .jpg or .webp")
	}
	info, err := os.Stat(c.ShopLogo)
	if err == nil && info.Size() > maxLogo {
		return s, fmt.Errorf("at most %d KiB", maxLogo>>10)
	}
	if err == nil {
		s.Logo, err = os.ReadFile(c.ShopLogo)
	}
	if err != nil {
		return s, fmt.Errorf("a file that can be read: %w", err)
	}
	return s, nil
}
