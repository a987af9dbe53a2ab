using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>What the front end found at one <c>[Network]</c>: a model, or a rejected network if its class can be reopened, and all problems.</summary>
/// <remarks>Only <see cref="Model"/> and <see cref="Rejected"/> are for the source branch; the rest leads to symbols.</remarks>
internal sealed record ParsedNetwork(
    NetworkModel? Model,
    RejectedNetwork? Rejected,
    EquatableArray<Problem> Problems,
    ProblemLocator Locator)
{
    public TypeHeader? Header => Model?.Header ?? Rejected?.Header;
}
