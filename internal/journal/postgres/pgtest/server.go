//go:build unix

// Package pgtest runs a real PostgreSQL server for tests, on a loopback port and with fsync on.
package pgtest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Password is the password of the server's only user. It has characters that URLs escape.
const Password = "s3cret/p@ss word"

// testAll is the environment variable that makes tests fail instead of skipping.
const testAll = "IMPORTER_TEST_ALL"

// Server is a PostgreSQL server. Its methods fail the test if they don't work.
type Server struct {
	t      testing.TB
	bin    string
	folder string
	port   int
	as     *syscall.Credential // PostgreSQL refuses to run as root
	run    *exec.Cmd
}

// Start starts a server for one test and stops it afterwards. If PostgreSQL is not installed it skips the test, or
// fails it if all tests must run. Under -short it always skips the test.
func Start(t testing.TB) *Server {
	t.Helper()
	if testing.Short() {
		t.Skip("drives PostgreSQL")
	}
	bin := binaries()
	if bin == "" {
		if os.Getenv(testAll) != "" {
			t.Fatalf("this test needs PostgreSQL (initdb, postgres), and %s is set", testAll)
		}
		t.Skip("PostgreSQL is not installed")
	}
	s := &Server{t: t, bin: bin, folder: filepath.Join(openFolder(t), "data"), port: freePort(t)}
	s.prepare()
	s.Up()
	t.Cleanup(func() {
		if s.run != nil {
			s.Kill()
		}
	})
	return s
}

func binaries() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path)
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // Debian's place
	if len(found) == 0 {
		return ""
	}
	return filepath.Dir(found[len(found)-1])
}

// openFolder returns a temporary folder that PostgreSQL's user can enter, unlike that of t.TempDir.
func openFolder(t testing.TB) string {
	folder, err := os.MkdirTemp("", "postgresql-")
	if err == nil {
		err = os.Chmod(folder, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

func freePort(t testing.TB) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// prepare creates the database cluster.
func (s *Server) prepare() {
	s.t.Helper()
	if err := os.Mkdir(s.folder, 0o700); err != nil {
		s.t.Fatal(err)
	}
	password := filepath.Join(filepath.Dir(s.folder), "password")
	if err := os.WriteFile(password, []byte(Password+"\n"), 0o644); err != nil {
		s.t.Fatal(err)
	}
	if os.Getuid() == 0 {
		s.as = credential(s.t, "postgres")
		if err := os.Chown(s.folder, int(s.as.Uid), int(s.as.Gid)); err != nil {
			s.t.Fatal(err)
		}
	}
	out, err := s.command("initdb", "-D", s.folder, "-U", "importer", "-A", "scram-sha-256", "--pwfile", password, "--no-instructions", "-E", "UTF8", "--locale", "C").CombinedOutput()
	if err != nil {
		s.t.Fatalf("initdb: %v\n%s", err, out)
	}
}

func credential(t testing.TB, name string) *syscall.Credential {
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func (s *Server) command(name string, arguments ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(s.bin, name), arguments...)
	c.Dir = filepath.Dir(s.folder)
	c.Env = append(os.Environ(), "LC_ALL=C", "PGPASSWORD="+Password)
	if s.as != nil {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	}
	return c
}

// Up starts the server, also after Kill, and waits until it answers.
func (s *Server) Up() {
	s.t.Helper()
	s.run = s.command("postgres", "-D", s.folder, "-p", strconv.Itoa(s.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200")
	if err := s.run.Start(); err != nil {
		s.t.Fatal(err)
	}
	for range 600 {
		if s.command("pg_isready", "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(s.port)).Run() == nil {
			return
		}
		time.Sleep(50 * time.Millisecond) // there is nothing to wait for but the server
	}
	s.t.Fatal("PostgreSQL did not start within 30 s")
}

// Kill ends the server at once, like a crash of its machine, except that the system still writes its buffers.
func (s *Server) Kill() {
	s.t.Helper()
	_ = s.run.Process.Signal(syscall.SIGQUIT) // "immediate": no checkpoint, recovery at the next start
	_ = s.run.Wait()
	s.run = nil
}

// URL returns the URL of the server's database, with the password if asked for.
func (s *Server) URL(withPassword bool) string {
	login := "importer"
	if withPassword {
		login += ":" + "s3cret%2Fp%40ss%20word"
	}
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres?sslmode=disable", login, s.port)
}

// Query returns what psql prints for a query, without headings.
func (s *Server) Query(sql string) string {
	s.t.Helper()
	out, err := s.command("psql", "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-U", "importer", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-Atqc", sql).CombinedOutput()
	if err != nil {
		s.t.Fatalf("psql: %v\n%s", err, out)
	}
	return strings.TrimSpace(string(out))
}
