using Unroll.Generator.Model;

namespace Unroll.Generator.Planning.Calls;

/// <summary>What a pass does at one point: a call, or a choice between calls.</summary>
internal abstract record Statement
{
    /// <summary>All calls it may make.</summary>
    public abstract IEnumerable<Call> Calls { get; }
}

/// <summary>A function and its arguments.</summary>
internal sealed record Call(CallTarget Target, EquatableArray<CallArgument> Arguments) : Statement
{
    public override IEnumerable<Call> Calls => [this];
}

/// <summary>One call where the loss of this output takes the logits of its head, else others.</summary>
internal sealed record HeadChoice(int Output, Call Fused, EquatableArray<Call> Separate) : Statement
{
    public override IEnumerable<Call> Calls => [Fused, .. Separate];
}

/// <summary>Calls that run once for each step <c>t</c> of sequences, between those that run once.</summary>
/// <param name="Idle">Which steps it leaves out; null where it runs through all.</param>
internal sealed record Loop(
    int Steps, bool IsReversed, IdleCalls? Idle, EquatableArray<Call> Before, EquatableArray<Call> Each, EquatableArray<Call> After) : Statement
{
    public override IEnumerable<Call> Calls => [.. Before, .. Idle?.Conditions ?? default, .. Idle?.Instead ?? default, .. Each, .. After];
}

/// <summary>A loop runs from step <c>begin</c> to before <c>end</c>, which the calls before it have set, and of these leaves out where all conditions hold.</summary>
/// <param name="Conditions">Functions that answer yes or no.</param>
/// <param name="Instead">What is done at a step that is left out.</param>
internal sealed record IdleCalls(EquatableArray<Call> Conditions, EquatableArray<Call> Instead);

/// <summary>A call for each run of <c>rows</c> rows from <c>row</c> on, as <paramref name="Next"/> finds them, until it answers no.</summary>
/// <param name="AddsUp">Whether each goes on with the sums of the one before, which <c>goesOn</c> tells it.</param>
internal sealed record Runs(Call Next, Call Each, bool AddsUp) : Statement
{
    public static readonly Offset Row = Offset.Variable("row");

    public static readonly Offset Rows = Offset.Variable("rows");

    public static readonly Offset GoesOn = Offset.Variable("goesOn");

    public override IEnumerable<Call> Calls => [Next, Each];

    /// <summary>A function that takes, behind other arguments, <c>row</c> and <c>rows</c> of the run before, and leaves there those of the next.</summary>
    public static Call NextOf(string function, params CallArgument[] arguments) => new(
        new CallTarget.Library(function),
        arguments.Concat([new CallArgument.Local("row", IsNew: false), new CallArgument.Local("rows", IsNew: false)]).ToEquatableArray());
}

/// <summary>What is done where a function answers yes.</summary>
internal sealed record When(Call Condition, Statement Then) : Statement
{
    public override IEnumerable<Call> Calls => [Condition, .. Then.Calls];
}

/// <summary>A call for each <c>part</c>, one after another.</summary>
internal sealed record EachPart(Call Each, int Parts) : Statement
{
    public override IEnumerable<Call> Calls => [Each];
}

/// <summary>What is called.</summary>
internal abstract record CallTarget
{
    /// <summary>A kernel compiled for its sizes.</summary>
    public sealed record Kernel(KernelPlan Plan) : CallTarget;

    /// <summary>A function of the runtime's <c>Unroll.Numerics</c>: <c>VectorCopy.Repack</c>.</summary>
    public sealed record Library(string Name) : CallTarget;

    /// <summary>A method of the training step.</summary>
    public sealed record OfStep(string Method) : CallTarget;
}
