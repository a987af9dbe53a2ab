namespace Unroll.Generator.Tests.Architecture;

/// <summary>The generator cannot reference the runtime, so it has its own copy of the enums that attributes carry as numbers.</summary>
public sealed class MirroredEnumTests
{
    /// <summary>The enums of the constructors and properties of all attributes.</summary>
    public static TheoryData<Type> Carried =>
    [
        .. typeof(NetworkAttribute).Assembly.GetExportedTypes()
            .Where(static type => type.IsSubclassOf(typeof(Attribute)))
            .SelectMany(static attribute => attribute.GetProperties().Select(static property => property.PropertyType).Concat(
                attribute.GetConstructors().SelectMany(static constructor => constructor.GetParameters()).Select(static parameter => parameter.ParameterType)))
            .Where(static type => type.IsEnum)
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Carried))]
    public void HasTheSameMembers(Type runtime)
    {
        Type? generator = typeof(Model.Activation).Assembly.GetType($"Unroll.Generator.Model.{runtime.Name}");

        Assert.NotNull(generator);
        Assert.Equal(Members(runtime), Members(generator));
    }

    [Fact]
    public void ParametersLieAsTheRuntimeSays() =>
        Assert.Equal(Members(typeof(Unroll.Compiled.ParameterArrangement)), Members(typeof(Unroll.Generator.Graph.ParameterArrangement)));

    private static IEnumerable<(string Name, int Value)> Members(Type type) =>
        Enum.GetNames(type).Zip(Enum.GetValues(type).Cast<object>(), static (name, value) => (name, Convert.ToInt32(value, null)));
}
