import pulumi
import pulumi_auth0 as auth0

client = auth0.Client(
    "client",
    name="Made in Python",
    grant_types=["client_credentials"],
    app_type="non_interactive",
)

pulumi.export("client_id", client.client_id)
