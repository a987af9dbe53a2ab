using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>What the front end found at one <c>[Network]</c>: a model, or a rejected network if its class can be reopened, and all problems.</summary>
/// <param name="Model">Null where there is an error.</param>
/// <param name="Rejected">Null where there is none, or the class cannot be reopened.</param>
/// <param name="Draft">What could be read, errors or not; null where the front end itself failed.</param>
/// <remarks>Only <see cref="Model"/> and <see cref="Rejected"/> are for the source branch; the rest leads to symbols.</remarks>
internal sealed record ParsedNetwork(
    NetworkModel? Model,
    RejectedNetwork? Rejected,
    NetworkModel? Draft,
    EquatableArray<Problem> Problems,
    ProblemLocator Locator)
{
    public TypeHeader? Header => Model?.Header ?? Rejected?.Header;
}
