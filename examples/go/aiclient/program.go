// Package aiclient describes a machine-to-machine application of Auth0, and its grant for an API.
package aiclient

import (
	"github.com/pulumi/pulumi-auth0/sdk/v3/go/auth0"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Replace these values with your actual client and API settings.
const (
	clientName    = "My AI Client App"
	apiIdentifier = "https://myapi.example.com/" // The identifier of the API you have configured in Auth0
)

// Program makes the application and its grant, and exports their IDs.
func Program(ctx *pulumi.Context) error {
	// An application for machine-to-machine communication.
	aiClient, err := auth0.NewClient(ctx, "ai-client", &auth0.ClientArgs{
		Name:       pulumi.String(clientName),
		GrantTypes: pulumi.ToStringArray([]string{"client_credentials"}),
		AppType:    pulumi.String("non_interactive"),
	})
	if err != nil {
		return err
	}

	// Lets it get tokens for the API, with scopes that are defined there.
	aiClientGrant, err := auth0.NewClientGrant(ctx, "ai-client-grant", &auth0.ClientGrantArgs{
		ClientId: aiClient.ClientId,
		Audience: pulumi.String(apiIdentifier),
		Scopes:   pulumi.ToStringArray([]string{"read:data", "write:data"}),
	})
	if err != nil {
		return err
	}

	ctx.Export("client_id", aiClient.ClientId)
	ctx.Export("client_grant_id", aiClientGrant.ID())
	return nil
}
