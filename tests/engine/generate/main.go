// Command generate writes an SDK with Pulumi's own generator of a language: `generate LANGUAGE SCHEMA FOLDER`.
//
// It is `pulumi package gen-sdk` without the language host, which Pulumi publishes for no language as a module, while
// the generators of these three are packages of the CLI's module.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/hcl/v2"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// What the generated files name as the tool that made them; the CLI's hosts name themselves so.
const tool = "pulumi-language-"

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: generate go|nodejs|python SCHEMA FOLDER")
		os.Exit(2)
	}
	if err := generate(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func generate(language, file, folder string) error {
	pkg, err := read(file)
	if err != nil {
		return err
	}
	files, err := sources(language, pkg)
	if err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// read binds the schema, which refers to no other package, and to nothing that it does not hold.
func read(file string) (*schema.Package, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, fmt.Errorf("the schema is none of a package: %w", err)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, diagnostic := range diagnostics {
		if diagnostic.Severity == hcl.DiagError {
			faults = append(faults, errors.New(diagnostic.Summary))
		}
	}
	return pkg, errors.Join(faults...)
}

func sources(language string, pkg *schema.Package) (map[string][]byte, error) {
	switch by := tool + language; language {
	case "go":
		return golang.GeneratePackage(by, pkg, nil)
	case "nodejs":
		return nodejs.GeneratePackage(by, pkg, nil, nil, false, nil)
	case "python":
		return python.GeneratePackage(by, pkg, nil, nil)
	default:
		return nil, fmt.Errorf("no generator for %s here", language)
	}
}
