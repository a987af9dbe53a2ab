using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>The names of outputs, which the names of their losses and metrics begin with.</summary>
public sealed class OutputNameTests
{
    private static readonly NetworkLibrary s_library = new("""
        [Network(2)]
        [Dense(1, Name = "first")] [Output("loss")]
        [Dense(1, From = "first")] [Output("val")]
        public sealed partial class Total;

        [Network(2)]
        [Dense(1, Name = "first")] [Output("x")]
        [Dense(1, From = "first")] [Output("val_x")]
        public sealed partial class Prefixed;

        [Network(2)]
        [Dense(1, Name = "first")] [Output("loss")]
        [Dense(1, From = "first")] [Output("value")]
        public sealed partial class Fine;
        """);

    [Theory]
    [InlineData("Total", "val", "val_loss")]
    [InlineData("Prefixed", "val_x", "val_x_loss")]
    public void ALossThatWouldBeNamedAsOneOfTheValidationIsRefused(string network, string output, string loss)
    {
        Model model = s_library.Create(network, Machines.Widest);

        ArgumentException error = Assert.Throws<ArgumentException>(
            () => model.Compile(new SGD(), losses: [new MeanSquaredError(), new MeanSquaredError()]));

        Assert.Equal("losses", error.ParamName);
        Assert.StartsWith(
            $"The loss of output {output} would be called '{loss}', but val_ is what stands before the values of the validation.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnyOtherNameIsOneOfTheHistory()
    {
        Model model = s_library.Create("Fine", Machines.Widest);
        model.Compile(new SGD(), losses: [new MeanSquaredError(), new MeanSquaredError()]);
        var data = new Dataset([RandomValues.Uniform(8, 1)], [RandomValues.Uniform(4, 2), RandomValues.Uniform(4, 3)], 4);

        History history = model.Fit(data, validation: data);

        Assert.Equal(["loss", "loss_loss", "value_loss", "val_loss", "val_loss_loss", "val_value_loss"], history.Keys);
    }
}
