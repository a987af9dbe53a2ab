namespace Unroll.Generator.Diagnostics;

/// <summary>Where a problem lies, in terms that hold no syntax: the front end turns it into a location when it reports.</summary>
internal abstract record Place
{
    /// <summary>The layer it lies at, if it does.</summary>
    public virtual int? LayerPosition => null;

    /// <summary>The <c>[Network]</c> attribute as a whole: problems of the class.</summary>
    public static readonly Place Network = new NetworkPlace(Axis: null);

    /// <summary>One size of the input shape.</summary>
    public static Place InputAxis(int axis) => new NetworkPlace(axis);

    /// <summary>A layer's attribute, or the argument for its parameter or property <paramref name="argument"/>.</summary>
    public static Place Layer(int position, string? argument = null) => new LayerPlace(position, argument);

    /// <summary>One element of the <c>params</c> array that a layer's attribute takes.</summary>
    public static Place LayerElement(int position, int element) => new LayerElementPlace(position, element);

    /// <summary>A member the user declares: the one at <paramref name="index"/> among those of its name.</summary>
    public static Place Member(string name, int index = 0) => new MemberPlace(name, index);

    /// <summary>The argument of <c>[Network]</c> that names its weights.</summary>
    public static readonly Place Weights = new NetworkArgumentPlace("Weights");

    /// <summary>One limit of the <c>[Budget]</c>.</summary>
    public static Place Budget(string limit) => new BudgetPlace(limit);
}

internal sealed record NetworkPlace(int? Axis) : Place;

internal sealed record NetworkArgumentPlace(string Argument) : Place;

internal sealed record LayerPlace(int Position, string? Argument) : Place
{
    public override int? LayerPosition => Position;
}

internal sealed record LayerElementPlace(int Position, int Element) : Place
{
    public override int? LayerPosition => Position;
}

internal sealed record MemberPlace(string Name, int Index) : Place;

internal sealed record BudgetPlace(string Limit) : Place;
