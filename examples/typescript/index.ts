import * as auth0 from "@pulumi/auth0";

// Replace these values with your actual client and API settings.
const clientName = "My AI Client App";
const apiIdentifier = "https://myapi.example.com/"; // The identifier of the API you have configured in Auth0

// An application for machine-to-machine communication.
const aiClient = new auth0.Client("ai-client", {
    name: clientName,
    grantTypes: ["client_credentials"],
    appType: "non_interactive",
});

// Lets it get tokens for the API, with scopes that are defined there.
const aiClientGrant = new auth0.ClientGrant("ai-client-grant", {
    clientId: aiClient.clientId,
    audience: apiIdentifier,
    scopes: ["read:data", "write:data"],
});

export const client_id = aiClient.clientId;
export const client_grant_id = aiClientGrant.id;
