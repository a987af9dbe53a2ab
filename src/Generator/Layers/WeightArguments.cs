using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>What a layer says about one of its parameters: arguments that share a prefix, such as <c>Kernel</c>.</summary>
internal static class WeightArguments
{
    private static readonly string[] s_settings =
    [
        "Initializer", "InitializerScale", "InitializerValue", "InitializerMode", "InitializerDistribution",
        "L1", "L2",
        "Constraint", "ConstraintMin", "ConstraintMax", "ConstraintRate",
    ];

    /// <param name="arguments">The layer.</param>
    /// <param name="prefix">The parameter: <c>Kernel</c>.</param>
    /// <param name="fallback">The default initializer.</param>
    /// <param name="isMatrix">Whether its axes are inputs and units.</param>
    public static WeightSpec Read(LayerArguments arguments, string prefix, Initializer fallback, bool isMatrix = false) => new(
        Initializer(arguments, prefix, fallback, isMatrix),
        arguments.Penalty(prefix + "L1", prefix + "L2"),
        Constraint(arguments, prefix));

    /// <summary>Of a parameter that the layer does not have: every setting is one too many.</summary>
    public static WeightSpec ReadAbsent(LayerArguments arguments, string prefix, string option, Initializer fallback)
    {
        foreach (string setting in s_settings)
        {
            arguments.RefuseUnread(prefix + setting, option, "true", "false");
        }

        return fallback;
    }

    private static InitializerSpec Initializer(LayerArguments arguments, string prefix, Initializer fallback, bool isMatrix)
    {
        string property = prefix + "Initializer";
        Initializer kind = arguments.Enum(property, fallback);
        if (!isMatrix && kind is Model.Initializer.Orthogonal or Model.Initializer.Identity)
        {
            arguments.Add(Problem.At(
                arguments.At(property), DiagnosticDescriptors.InitializerNeedsMatrix, arguments.Name, property, kind.ToString()));
            return fallback;
        }

        Require(arguments, property, kind, property + "Scale", InitializerSpec.TakesScale);
        Require(arguments, property, kind, property + "Value", static kind => kind == Model.Initializer.Constant);
        Require(arguments, property, kind, property + "Mode", static kind => kind == Model.Initializer.VarianceScaling);
        Require(arguments, property, kind, property + "Distribution", static kind => kind == Model.Initializer.VarianceScaling);
        return new InitializerSpec(
            kind,
            arguments.Number(property + "Scale", ScaleRange(kind), InitializerSpec.DefaultScale(kind)),
            arguments.Number(property + "Value", NumberRange.Finite, fallback: 0f),
            arguments.Enum(property + "Mode", FanMode.FanIn),
            arguments.Enum(property + "Distribution", InitializerDistribution.TruncatedNormal));
    }

    private static ConstraintSpec Constraint(LayerArguments arguments, string prefix)
    {
        string property = prefix + "Constraint";
        Constraint kind = arguments.Enum(property, Model.Constraint.None);
        Require(arguments, property, kind, property + "Min", static kind => kind == Model.Constraint.MinMaxNorm);
        Require(arguments, property, kind, property + "Max", static kind => kind is Model.Constraint.MaxNorm or Model.Constraint.MinMaxNorm);
        Require(arguments, property, kind, property + "Rate", static kind => kind == Model.Constraint.MinMaxNorm);
        return kind switch
        {
            Model.Constraint.MaxNorm => new ConstraintSpec(
                kind, Max: arguments.Number(property + "Max", NumberRange.AtLeastZero, fallback: 2f)),
            Model.Constraint.MinMaxNorm => MinMaxNorm(arguments, property),
            _ => new ConstraintSpec(kind),
        };
    }

    private static ConstraintSpec MinMaxNorm(LayerArguments arguments, string property)
    {
        float least = arguments.Number(property + "Min", NumberRange.AtLeastZero, fallback: 0f);
        float greatest = arguments.Number(property + "Max", NumberRange.AtLeastZero, fallback: 1f);
        if (least > greatest)
        {
            arguments.Add(Problem.At(
                arguments.At(property + "Min"),
                DiagnosticDescriptors.NumberOutOfRange,
                arguments.Name,
                property + "Min",
                $"at most {property}Max, {NumberText.Of(greatest)}",
                NumberText.Of(least)));
        }

        return new ConstraintSpec(
            Model.Constraint.MinMaxNorm, least, greatest, arguments.Number(property + "Rate", NumberRange.ToOne, fallback: 1f));
    }

    private static NumberRange ScaleRange(Initializer kind) => kind switch
    {
        Model.Initializer.VarianceScaling => NumberRange.AboveZero,
        Model.Initializer.Orthogonal or Model.Initializer.Identity => NumberRange.Finite,
        _ => NumberRange.AtLeastZero,
    };

    private static void Require<TEnum>(LayerArguments arguments, string property, TEnum kind, string argument, Func<TEnum, bool> takes)
        where TEnum : struct, Enum
    {
        if (arguments.IsGiven(argument) && !takes(kind))
        {
            string owners = string.Join(" or ", ((TEnum[])Enum.GetValues(typeof(TEnum))).Where(takes));
            arguments.RefuseUnread(argument, property, owners, kind.ToString());
        }
    }
}
