package lessons

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Folder is a folder of lessons on the disk. No link in it leads out of it, and
// nothing in it that is neither a file nor a folder is ever waited for, such as
// a pipe into which nobody writes.
type Folder struct{ root *os.Root }

var (
	_ fs.FS     = (*Folder)(nil)
	_ fs.StatFS = (*Folder)(nil)
)

// errNoFile says that something is neither a file nor a folder.
var errNoFile = errors.New("it is no regular file")

// OpenFolder opens a folder. It must be closed.
func OpenFolder(dir string) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Folder{root}, nil
}

// Open opens a file or a folder in it.
func (f *Folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	// It may have become a pipe since it was looked at: without waiting, that
	// opens at once, too, and is found out below.
	file, err := f.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if err := readable(file, name); err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}

// Stat says what something is, and if it is a link, what that leads to.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	return f.root.Stat(filepath.FromSlash(name))
}

// Close closes the folder, and none of what was opened in it.
func (f *Folder) Close() error { return f.root.Close() }

// readable says whether a file ends: the error says why it may not.
func readable(file fs.File, name string) error {
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	}
	return err
}
