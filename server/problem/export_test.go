package problem

// Phrases gives what the languages but English say is allowed, by its English.
func Phrases() map[string]map[string]string {
	all := map[string]map[string]string{}
	for lang, c := range catalogues() {
		if lang != fallback {
			all[lang] = c.Allowed
		}
	}
	return all
}
