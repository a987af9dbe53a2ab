using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission;

/// <summary>The arguments of a parameter's initializer and constraint, as an object initializer.</summary>
internal static class ParameterSettings
{
    /// <param name="parameter">The parameter.</param>
    /// <param name="rowsByInput">The input that names the rows its gradient touches, where one does.</param>
    /// <returns>Empty where neither takes any.</returns>
    public static string Of(ParameterSpec parameter, int? rowsByInput)
    {
        string[] settings = [.. OfStorage(parameter), .. OfRows(rowsByInput), .. OfInitializer(parameter.Initializer), .. OfConstraint(parameter.Constraint)];
        return settings.Length == 0 ? "" : $" {{ {string.Join(", ", settings)} }}";
    }

    private static IEnumerable<string> OfStorage(ParameterSpec parameter)
    {
        if (parameter.Parts > 1)
        {
            yield return $"Parts = {CSharpLiteral.Of(parameter.Parts)}";
        }
        else if (parameter.Stored.Last != parameter.Shape.Last)
        {
            yield return $"Columns = {CSharpLiteral.Of(parameter.Stored.Last)}";
        }
    }

    private static IEnumerable<string> OfRows(int? input) => input is int index ? [$"RowsByInput = {CSharpLiteral.Of(index)}"] : [];

    private static IEnumerable<string> OfInitializer(InitializerSpec initializer)
    {
        if (initializer.PartOfOnes >= 0)
        {
            yield return $"PartOfOnes = {CSharpLiteral.Of(initializer.PartOfOnes)}";
        }

        if (initializer.HasScale)
        {
            yield return $"InitializerScale = {CSharpLiteral.Of(initializer.Scale)}";
        }

        if (initializer.Kind == Initializer.Constant)
        {
            yield return $"InitializerValue = {CSharpLiteral.Of(initializer.Value)}";
        }

        if (initializer.Kind == Initializer.VarianceScaling)
        {
            yield return $"InitializerMode = global::Unroll.FanMode.{initializer.Mode}";
            yield return $"InitializerDistribution = global::Unroll.InitializerDistribution.{initializer.Distribution}";
        }
    }

    private static IEnumerable<string> OfConstraint(ConstraintSpec constraint)
    {
        if (constraint.Kind == Constraint.None)
        {
            yield break;
        }

        yield return $"Constraint = global::Unroll.Constraint.{constraint.Kind}";
        if (constraint.Kind == Constraint.MinMaxNorm)
        {
            yield return $"ConstraintMin = {CSharpLiteral.Of(constraint.Min)}";
            yield return $"ConstraintRate = {CSharpLiteral.Of(constraint.Rate)}";
        }

        if (constraint.Kind is Constraint.MaxNorm or Constraint.MinMaxNorm)
        {
            yield return $"ConstraintMax = {CSharpLiteral.Of(constraint.Max)}";
        }
    }
}
