// Command go previews or updates the stack `dev` of the current folder with the program of examples/go, and prints what
// happened as JSON.
//
// Usage: go preview|up PROJECT. The program is an inline one of the Automation API: the engine's Go language host is not
// published as a module.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"pulumi-resource-auth0/examples/go/aiclient"
)

// A failure of the program or the engine is an answer, not a failure of this driver.
type answer struct {
	OK     bool                  `json:"ok"`
	Events []apitype.EngineEvent `json:"events"`
	Text   string                `json:"text"`
}

func main() {
	if len(os.Args) != 3 {
		fail("usage: go preview|up PROJECT")
	}
	operation, project := os.Args[1], os.Args[2]
	ctx := context.Background()
	stack, err := auto.SelectStackInlineSource(ctx, "dev", project, aiclient.Program, auto.WorkDir("."))
	if err != nil {
		fail(err)
	}

	var answer answer
	var collecting sync.WaitGroup
	stream := make(chan events.EngineEvent)
	collecting.Go(func() {
		for event := range stream {
			answer.Events = append(answer.Events, event.EngineEvent)
		}
	})
	var text strings.Builder
	switch operation {
	case "preview":
		_, err = stack.Preview(ctx, optpreview.EventStreams(stream), optpreview.ProgressStreams(&text), optpreview.Color("never"))
	case "up":
		_, err = stack.Up(ctx, optup.EventStreams(stream), optup.ProgressStreams(&text), optup.Color("never"))
	default:
		fail("no operation ", operation)
	}
	collecting.Wait()
	if err != nil {
		fmt.Fprintln(&text, err)
	}
	answer.OK, answer.Text = err == nil, text.String()
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		fail(err)
	}
}

func fail(why ...any) {
	fmt.Fprintln(os.Stderr, why...)
	os.Exit(1)
}
