//! GetSchema: the package, for those who generate code.

use tonic::Status;

use super::proto::{GetSchemaRequest, GetSchemaResponse};
use super::session::Session;
use crate::provider::Provider;
use crate::schema::schema;

/// The schema as JSON, made when asked for: an update of a stack never does.
pub fn get_schema<P: Provider>(
    session: &Session<P>,
    request: GetSchemaRequest,
) -> Result<GetSchemaResponse, Status> {
    if !request.subpackage_name.is_empty() || !request.subpackage_version.is_empty() {
        return Err(Status::invalid_argument(format!(
            "the {name} provider has no package {:?} {:?}: it is one package, without parameters",
            request.subpackage_name,
            request.subpackage_version,
            name = session.package().name,
        )));
    }
    Ok(GetSchemaResponse { schema: schema(session.package()).to_string() })
}
