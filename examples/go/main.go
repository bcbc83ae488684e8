// The program of examples/python in Go.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"pulumi-resource-auth0/examples/go/aiclient"
)

func main() {
	pulumi.Run(aiclient.Program)
}
