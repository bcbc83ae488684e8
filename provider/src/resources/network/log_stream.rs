//! `auth0.LogStream`: where the events of the tenant's log are sent.

use pulumi_rs_sdk::table::rest::*;

use super::DIGITS;

/// The stream; its sink is that of its type.
pub const LOG_STREAM: Resource = resource(
    "LogStream",
    collection("log-streams").paged(Paging::Whole),
)
.doc("Where the events of the tenant's log are sent.")
.fields(&[
    computed("filters", list(&STRING_MAP))
        .emptied()
        .doc("Which events are sent: maps of `type` (`category`) and `name`."),
    optional("isPriority", BOOL)
        .camel_case()
        .doc("Whether it gets events sooner than others, of security alone."),
    optional("name", STRING).autonamed().doc("Name of the stream."),
    optional("piiConfig", object(&PII_CONFIG))
        .kept()
        .doc("Which personal details of events are hidden, and how."),
    required("sink", object(&SINK)).whole().doc("Where the events go, by the type."),
    optional("startFrom", STRING)
        .camel_case()
        .create_only()
        .write_only()
        .doc("Time from which on past events are sent, in ISO 8601."),
    computed("status", STRING)
        .set_after_create()
        .one_of(&["active", "paused", "suspended"])
        .doc("Whether events are sent. Auth0 suspends a stream whose sink does not take them."),
    required("type", STRING)
        .replaces()
        .one_of_ignoring_case(TYPES)
        .doc("What kind of sink it has."),
])
.rules(&[
    Rule::Together(&["sink.awsAccountId", "sink.awsRegion"]),
    Rule::Together(&["sink.azureSubscriptionId", "sink.azureResourceGroup", "sink.azureRegion"]),
    Rule::Needs("sink.mixpanelRegion", MIXPANEL),
    Rule::Needs("sink.mixpanelProjectId", MIXPANEL),
    Rule::Needs("sink.mixpanelServiceAccountUsername", MIXPANEL),
    Rule::Needs("sink.datadogApiKeyWo", &["sink.datadogApiKeyWoVersion"]),
    Rule::Excludes("sink.datadogApiKey", &["sink.datadogApiKeyWo", "sink.datadogApiKeyWoVersion"]),
]);

const TYPES: &[&str] =
    &["eventbridge", "eventgrid", "http", "datadog", "splunk", "sumo", "mixpanel", "segment"];

const MIXPANEL: &[&str] = &[
    "sink.mixpanelProjectId",
    "sink.mixpanelRegion",
    "sink.mixpanelServiceAccountPassword",
    "sink.mixpanelServiceAccountUsername",
];

const PII_CONFIG: ObjectType = object_type(
    "LogStreamPiiConfig",
    &[
        optional("algorithm", STRING)
            .kept()
            .default(Literal::String("xxhash"))
            .one_of(&["xxhash"])
            .doc("How they are hashed."),
        required("logFields", STRINGS)
            .one_of(&["first_name", "last_name", "username", "email", "phone", "address"])
            .doc("Which details."),
        optional("method", STRING)
            .kept()
            .default(Literal::String("hash"))
            .one_of(&["hash", "mask"])
            .doc("Whether they are hashed or masked."),
    ],
);

const SINK: ObjectType = object_type(
    "LogStreamSink",
    &[
        of_type("awsAccountId", &["eventbridge"])
            .replaces()
            .stated(&[DIGITS, Constraint::Length(12, 12)])
            .doc("ID of the AWS account."),
        computed("awsPartnerEventSource", STRING)
            .camel_case()
            .ignored()
            .when("type", &["eventbridge"])
            .doc("Name of the event source that Auth0 makes there."),
        of_type("awsRegion", &["eventbridge"]).replaces().one_of(AWS_REGIONS).doc("AWS region."),
        computed("azurePartnerTopic", STRING)
            .camel_case()
            .moves()
            .when("type", &["eventgrid"])
            .doc("Name of the partner topic there."),
        of_type("azureRegion", &["eventgrid"])
            .replaces()
            .one_of(AZURE_REGIONS)
            .doc("Azure region."),
        of_type("azureResourceGroup", &["eventgrid"]).replaces().doc("Azure resource group."),
        of_type("azureSubscriptionId", &["eventgrid"])
            .replaces()
            .stated(&[Constraint::Characters("0-9a-fA-F-"), Constraint::Length(36, 36)])
            .doc("ID of the Azure subscription."),
        of_type("datadogApiKey", &["datadog"]).secret().doc("Key of the Datadog API."),
        of_type("datadogApiKeyWo", &["datadog"])
            .wire("datadogApiKey")
            .secret()
            .never_stored()
            .follows(&["datadogApiKeyWoVersion"])
            .doc("Key of the Datadog API, which the state's outputs do not hold."),
        optional("datadogApiKeyWoVersion", INT)
            .local()
            .when("type", &["datadog"])
            .doc("Another number says that `datadogApiKeyWo` is another, and sends it."),
        of_type("datadogRegion", &["datadog"])
            .one_of(&["us", "eu", "us3", "us5"])
            .doc("Region of Datadog."),
        of_type("httpAuthorization", &["http"])
            .secret()
            .doc("Value of the header `Authorization` that events are sent with."),
        computed("httpContentFormat", STRING)
            .camel_case()
            .when("type", &["http"])
            .one_of(&["JSONLINES", "JSONARRAY", "JSONOBJECT"])
            .doc("Form of what is sent."),
        of_type("httpContentType", &["http"]).doc("Value of the header `Content-Type`."),
        optional("httpCustomHeaders", list(&STRING_MAP))
            .camel_case()
            .when("type", &["http"])
            .doc("Further headers: maps of `header` and `value`."),
        of_type("httpEndpoint", &["http"]).https_url().doc("Address that events are sent to."),
        of_type("mixpanelProjectId", &["mixpanel"])
            .stated(&[DIGITS])
            .doc("ID of the Mixpanel project."),
        of_type("mixpanelRegion", &["mixpanel"])
            .stated(&[Constraint::OneOf(&["us", "eu"])])
            .doc("Region of Mixpanel: `us` or `eu`."),
        of_type("mixpanelServiceAccountPassword", &["mixpanel"])
            .secret()
            .write_only()
            .stated(&[Constraint::Without(":")])
            .doc("Password of the service account; it is never shown."),
        of_type("mixpanelServiceAccountUsername", &["mixpanel"])
            .stated(&[Constraint::Without(":")])
            .doc("Name of the service account."),
        of_type("segmentWriteKey", &["segment"]).secret().doc("Write key of Segment."),
        of_type("splunkDomain", &["splunk"]).doc("Domain of Splunk."),
        of_type("splunkPort", &["splunk"]).stated(&[DIGITS]).doc("Port of Splunk."),
        optional("splunkSecure", BOOL)
            .camel_case()
            .when("type", &["splunk"])
            .doc("Whether the certificate of Splunk is verified."),
        of_type("splunkToken", &["splunk"]).secret().doc("Access token of Splunk."),
        of_type("sumoSourceAddress", &["sumo"]).doc("Address of the Sumo Logic source."),
    ],
);

/// A text of the sinks of these types, which the API knows by the same name.
const fn of_type(name: &'static str, types: &'static [&'static str]) -> Field {
    optional(name, STRING).camel_case().when("type", types)
}

const AWS_REGIONS: &[&str] = &[
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "me-south-1",
    "sa-east-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

const AZURE_REGIONS: &[&str] = &[
    "australiacentral",
    "australiaeast",
    "australiasoutheast",
    "brazilsouth",
    "canadacentral",
    "canadaeast",
    "centralindia",
    "centralus",
    "eastasia",
    "eastus",
    "eastus2",
    "francecentral",
    "germanywestcentral",
    "japaneast",
    "japanwest",
    "koreacentral",
    "koreasouth",
    "northcentralus",
    "northeurope",
    "norwayeast",
    "southafricanorth",
    "southcentralus",
    "southeastasia",
    "southindia",
    "switzerlandnorth",
    "uaenorth",
    "uksouth",
    "ukwest",
    "westcentralus",
    "westeurope",
    "westindia",
    "westus",
    "westus2",
];
