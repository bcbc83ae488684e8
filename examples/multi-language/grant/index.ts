import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";

// The stack of ../client that has the name of this one.
const client = new pulumi.StackReference(
    `${pulumi.getOrganization()}/multi-language-client/${pulumi.getStack()}`,
);

const grant = new auth0.ClientGrant("grant", {
    clientId: client.requireOutput("client_id"),
    audience: "https://myapi.example.com/",
    scopes: ["read:data", "write:data"],
});

export const client_grant_id = grant.id;
